//! Our own icons: a 24-square grid, lines of 1.75, mitred, at 45°. A template writes `{{ crate::icon::HOME|safe }}`;
//! the word beside it says the same, so readers of screens skip them.

macro_rules! icons {
    ($($name:ident $path:literal;)*) => {
        $(
            #[doc = stringify!($name)]
            pub(crate) const $name: &str = concat!(
                r#"<svg class="i" viewBox="0 0 24 24" aria-hidden="true"><path d=""#, $path, r#""/></svg>"#
            );
        )*
    };
}

icons! {
    HOME "M3 20V12L8 6h8l5 6v8zM3 12h18M10 20v-5h4v5M9.5 6l.8-3h3.4l.8 3";
    NETWORK "M12 9.5l2.5 2.5-2.5 2.5L9.5 12zM5 2.5L7.5 5 5 7.5 2.5 5zM19 2.5L21.5 5 19 7.5 16.5 5zM5 16.5L7.5 19 5 21.5 2.5 19zM19 16.5l2.5 2.5-2.5 2.5-2.5-2.5zM6.3 6.3l4.4 4.4M13.3 10.7l4.4-4.4M6.3 17.7l4.4-4.4M13.3 13.3l4.4 4.4";
    SCHOOL "M3 21V9h6V5l3-2 3 2v4h6v12zM10 21v-5h4v5M6 13h1.5M16.5 13H18M12 8v3";
    MAP "M3 8h5v5H3zM8 3h5v5H8zM8 8h5v5H8zM13 8h5v5h-5zM8 13h5v5H8zM16 13h5v5h-5z";
    DOWN "M12 3v12M6.5 10L12 15.5 17.5 10M4 20h16";
    MORE "M4 6h16M4 12h16M4 18h16";
    USER "M12 3l3 2v4l-3 2.5L9 9V5zM4 21v-4l4-3h8l4 3v4z";
    BELL "M6 17V10l2.5-4h7L18 10v7l2 1.5H4zM10 21h4M12 3v3";
    SEARCH "M16 10.5L13.5 16h-6L4 12.5v-5L7.5 4h5L16 7.5zM14.5 14.5L21 21";
    MAIL "M3 5h18v14H3zM3 6l9 7 9-7";
    CHECK "M4 12.5l5 5L20 6.5";
    LEFT "M20 12H5M11 6l-6 6 6 6";
    RIGHT "M4 12h15M13 6l6 6-6 6";
}
