//! What people write is never run: payloads in every text field of every form, then every page, with the pages' own
//! policy and without it, so that the policy is the second wall and not the only one.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::{Value, json};
use tests::Backend;

use crate::community::Community;
use crate::elsewhere::Elsewhere;
use crate::every_page::{import, invitation};
use crate::page_list::{Opened, addresses};
use crate::tab::{Profile, Tab};

/// What tries to run something, in the middle of a text.
const PAYLOADS: [&str; 46] = [
    "<script>ran()</script>",
    "<ScRiPt>ran()</sCrIpT>",
    "<script src=data:,ran()></script>",
    "<img src=x onerror=ran()>",
    "<img src=x onerror=\"ran()\"",
    "<svg onload=ran()>",
    "<svg><script>ran()</script></svg>",
    "<svg><animate onbegin=ran() attributeName=x dur=1s>",
    "<math><mtext><script>ran()</script></mtext></math>",
    "<body onload=ran()>",
    "<iframe srcdoc='<script>parent.ran()</script>'></iframe>",
    "<iframe src=javascript:parent.ran()></iframe>",
    "<object data=javascript:ran()></object>",
    "<embed src=javascript:ran()>",
    "<details open ontoggle=ran()>",
    "<video><source onerror=ran()></video>",
    "<audio src=x onerror=ran()>",
    "<input autofocus onfocus=ran()>",
    "<textarea autofocus onfocus=ran()></textarea>",
    "<select autofocus onfocus=ran()></select>",
    "<marquee onstart=ran()>",
    "<style onload=ran()></style>",
    "<link rel=stylesheet href=x onerror=ran()>",
    "<meta http-equiv=refresh content='0;url=javascript:ran()'>",
    "<base href=javascript:ran()//>",
    "<form action=javascript:ran()><button autofocus>",
    "<a href=javascript:ran()>x</a>",
    "<a href='java\tscript:ran()'>x</a>",
    "[x](javascript:ran())",
    "![x](x\"onerror=\"ran())",
    "[x](data:text/html;base64,PHNjcmlwdD5wYXJlbnQucmFuKCk8L3NjcmlwdD4=)",
    "<javascript:ran()>",
    "`${ran()}`",
    "{{ran()}}",
    "{{constructor.constructor('ran()')()}}",
    "${ran()}",
    "#{ran()}",
    "<%= ran() %>",
    "';ran();//",
    "\";ran();//",
    "\\\";ran();//",
    "&lt;script&gt;ran()&lt;/script&gt;",
    "&#60;script&#62;ran()&#60;/script&#62;",
    "\u{ff1c}script\u{ff1e}ran()\u{ff1c}/script\u{ff1e}",
    "<img/src=`x`onerror=ran()>",
    "<x onclick=ran() contenteditable autofocus onfocus=ran()>",
];

/// What ends where the text stands.
const ENDS: [&str; 8] = [
    "",
    "\">",
    "'>",
    "-->",
    "</title>",
    "</textarea>",
    "</script>",
    "]]>",
];

/// All payloads in all places.
fn payloads() -> Vec<String> {
    let all = PAYLOADS.iter().enumerate().flat_map(|(at, payload)| {
        let ends = ENDS.iter().cycle().skip(at).take(ENDS.len());
        ends.map(move |end| format!("{end}{payload}"))
    });
    all.collect()
}

/// Fills the form of this number with as many of these texts as have room, sends it, and tells how many that were.
const FILL: &str = "((number, texts) => { \
    const form = document.querySelectorAll('main form[method=post]')[number]; \
    const button = form.querySelector('button:not(.danger)'); \
    let used = 0; \
    for (const field of form.elements) { \
      if (field.matches('textarea, input[type=text], input:not([type])')) { \
        const room = field.maxLength > 0 ? field.maxLength : 80; \
        let text = ''; \
        while (used < texts.length && text.length + texts[used].length < room) text += texts[used++] + ' '; \
        field.value = text.trim() || texts[used++ % texts.length].slice(0, room); \
      } else if (field.type === 'date' && !field.value) field.value = used % 2 ? '2027-06-01' : '2026-12-01'; \
      else if (field.type === 'email' && !field.value) field.value = 'x@mektep.kz'; \
      else if (field.tagName === 'SELECT' && !field.value) field.selectedIndex = field.options.length - 1; \
      else if (field.type === 'radio' && !form.querySelector(`[name='${field.name}']:checked`)) field.checked = true; \
    } \
    form.noValidate = true; \
    button.click(); \
    return used; })";

/// A tab that tells when something was run in it.
async fn watched(profile: &Profile, base: &str) -> Tab {
    let tab = profile.tab(base).await;
    tab.ask("Runtime.addBinding", json!({"name": "told"})).await;
    let ran = json!({"source": "window.ran = () => told('ran')"});
    tab.ask("Page.addScriptToEvaluateOnNewDocument", ran).await;
    tab
}

fn ran(tab: &Tab, mark: usize) -> usize {
    tab.events.since(mark, "Runtime.bindingCalled").len()
}

/// Which forms of a page have room for a text.
const ROOMY: &str = "[...document.querySelectorAll('main form[method=post]')].flatMap((form, number) => \
    form.querySelector('textarea, input[type=text], input:not([type])') && form.querySelector('button:not(.danger)') \
    ? [number] : [])";

/// Plants the payloads by one page's forms; tells how many.
async fn plant(tab: &Tab, page: &Opened, texts: &mut VecDeque<String>) -> usize {
    let path = format!("/ru{}", page.path);
    let mut planted = 0;
    tab.open(&path).await;
    let forms = tab.eval(ROOMY).await;
    for (at, number) in forms.as_array().into_iter().flatten().enumerate() {
        if at > 0 {
            tab.open(&path).await;
        }
        let mark = tab.events.mark();
        let used = tab
            .eval(&format!("{FILL}({number}, {})", json!(texts)))
            .await;
        // What found no room waits for the next form.
        let used = used.as_u64().and_then(|used| usize::try_from(used).ok());
        let used = used.expect("a form was filled");
        texts.rotate_left(used % texts.len());
        tab.loaded(mark).await;
        planted += used;
        assert_eq!(
            ran(tab, 0),
            0,
            "a form of {} ran what was typed",
            page.name()
        );
    }
    planted
}

#[tokio::test]
async fn nothing_that_people_write_is_run() {
    let community = Community::fresh(Backend::Sqlite).await;
    let invited = invitation(&community).await;
    import(&community).await;
    let base = &community.guest().base;
    let mut profiles = BTreeMap::new();
    for who in ["guest", "admin", "trainer", "leading_coordinator"] {
        let profile = Profile::new().await;
        if who != "guest" {
            profile.tab(base).await.sign_in(&community, who).await;
        }
        profiles.insert(who, profile);
    }

    // The trap works: here it is sprung.
    let tab = watched(&profiles["guest"], base).await;
    let site = Elsewhere::with(format!("<!doctype html><title>x</title><p>{}", PAYLOADS[3])).await;
    tab.open(&site.near).await;
    tab.eval("new Promise((done) => setTimeout(done, 200))")
        .await;
    assert_eq!(ran(&tab, 0), 1);

    let all = payloads();
    assert!(all.len() > 300, "only {} payloads", all.len());
    let mut texts = VecDeque::from(all.clone());
    let pages = addresses(&community, &invited).await;
    let mut planted = 0;
    for who in ["leading_coordinator", "trainer", "admin"] {
        let tab = watched(&profiles[who], base).await;
        for page in pages.iter().filter(|page| page.who == who) {
            planted += plant(&tab, page, &mut texts).await;
        }
    }
    community.settled().await;

    let mut shown = BTreeSet::new();
    for bypass in [false, true] {
        for (who, profile) in &profiles {
            let tab = watched(profile, base).await;
            tab.ask("Page.setBypassCSP", json!({"enabled": bypass}))
                .await;
            let theirs = pages.iter().filter(|page| page.who == *who);
            for page in theirs {
                tab.open(&format!("/ru{}", page.path)).await;
                let found = tab
                    .eval(
                        "({shown: document.documentElement.innerText.includes('ran()') \
                            || [...document.querySelectorAll('input, textarea')].some((it) => it.value.includes('ran()')), \
                          harm: [...document.querySelectorAll('*')].filter((it) => [...it.attributes].some(({name, value}) => \
                            name.startsWith('on') || /^\\s*(javascript|data):/i.test(value.replaceAll('\\t', '')) \
                            && ['href', 'src', 'action', 'formaction', 'data'].includes(name))).map((it) => it.outerHTML.slice(0, 200))})",
                    )
                    .await;
                assert_eq!(found["harm"], json!([]), "{who} on {}", page.name());
                if found["shown"] == Value::Bool(true) {
                    shown.insert(page.name());
                }
            }
            if *who == "guest" {
                for payload in all.iter().step_by(31) {
                    let encoded = crate::browser::encoded(payload);
                    tab.open(&format!("/ru/schools?q={encoded}&return={encoded}"))
                        .await;
                }
            }
            assert_eq!(ran(&tab, 0), 0, "{who}, without the policy: {bypass}");
        }
    }
    // Otherwise this proved nothing.
    assert!(
        planted > 100,
        "only {planted} payloads found room in a form"
    );
    assert!(
        shown.len() >= 8,
        "payloads are to be seen only on {shown:?}"
    );
}
