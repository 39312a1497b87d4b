//! One sentence after a redirect: what was just done. It travels as a word in a cookie, never as text.

use i18n::Locale;

macro_rules! flashes {
    ($($variant:ident $word:literal => $message:ident;)*) => {
        /// What was just done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Flash {
            $(#[doc = $word] $variant,)*
        }

        impl Flash {
            /// As the cookie has it.
            pub(crate) fn word(self) -> &'static str {
                match self { $(Flash::$variant => $word,)* }
            }

            /// From the cookie.
            pub(crate) fn read(word: &str) -> Option<Flash> {
                match word { $($word => Some(Flash::$variant),)* _ => None }
            }

            /// The sentence.
            pub(crate) fn say(self, locale: &Locale) -> String {
                match self { $(Flash::$variant => locale.$message(),)* }
            }
        }
    };
}

flashes! {
    Saved "saved" => flash_saved;
    SignedIn "signed-in" => flash_signed_in;
    SignedOut "signed-out" => flash_signed_out;
    LinkSent "link-sent" => flash_link_sent;
    ThemeKept "theme-kept" => flash_theme_kept;
    Invited "invited" => flash_invited;
    Proposed "proposed" => flash_proposed;
    Signed "signed" => flash_signed;
    Accepted "accepted" => flash_accepted;
    ReportSent "report-sent" => flash_report_sent;
    Read "read" => flash_read;
    Shared "shared" => flash_shared;
    Copied "copied" => flash_copied;
}
