//! Regions in numbers: what is counted, and where on which day.

use serde_json::{Value, json};
use tests::graphql::Client;
use tests::{Backend, both};

use crate::browser::Browser;
use crate::community::{Community, codes, number, text};

const NUMBERS: &str = "query($code: String!, $on: Date) { region(by: { code: $code }) {
    numbers(on: $on) { schools leading magnetic networks partnerships } parts(on: $on) { code numbers(on: $on) { schools } } } }";
const ALMATY: &str = "190000000";
const ZHETYSU: &str = "330000000";

async fn region(client: &Client, code: &str, on: Option<&str>) -> Value {
    let found = client.query(NUMBERS, json!({"code": code, "on": on})).await;
    found["region"].clone()
}

/// What lists say of a region, one by one.
async fn counted(client: &Client, code: &str) -> Value {
    let id = "query($code: String!) { region(by: { code: $code }) { id } }";
    let id = text(&client.query(id, json!({"code": code})).await, "/region/id");
    let lists = "query($id: ID!) {
        schools: schools(filter: { regionId: $id, states: [UNCLAIMED, VERIFIED] }, first: 1) { totalCount }
        leading: schools(filter: { regionId: $id, states: [UNCLAIMED, VERIFIED], designated: LEADING }, first: 1) { totalCount }
        networks: networks(filter: { regionId: $id, states: [FORMING, ACTIVE, DORMANT] }, first: 1) { totalCount }
        all: networks(filter: { regionId: $id }, first: 100) { nodes { activePartnerships } } }";
    let lists = client.query(lists, json!({"id": id})).await;
    let active = lists.pointer("/all/nodes").and_then(Value::as_array);
    let active: i64 = active
        .expect("networks")
        .iter()
        .map(|network| number(network, "/activePartnerships"))
        .sum();
    json!({
        "schools": number(&lists, "/schools/totalCount"),
        "leading": number(&lists, "/leading/totalCount"),
        "networks": number(&lists, "/networks/totalCount"),
        "partnerships": active,
    })
}

both! {
    async fn numbers_are_those_of_the_lists(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        for code in [ALMATY, ZHETYSU, "750000000"] {
            let (mut numbers, lists) = (region(&guest, code, None).await["numbers"].clone(), counted(&guest, code).await);
            let magnetic = number(&numbers, "/magnetic");
            assert!(magnetic <= number(&numbers, "/schools"), "{code}: {numbers:#}");
            numbers.as_object_mut().expect("an object").remove("magnetic");
            assert_eq!(numbers, lists, "{code}");
        }
        let here = region(&guest, ALMATY, None).await;
        for counted in ["schools", "leading", "magnetic", "networks", "partnerships"] {
            assert!(number(&here["numbers"], &format!("/{counted}")) > 0, "{counted}: {here:#}");
        }
        // Everybody is told the same.
        assert_eq!(region(&community.persona("leading_coordinator"), ALMATY, None).await, here);
        assert_eq!(region(&community.persona("admin"), ALMATY, None).await, here);
        // Each school lies in one district.
        let parts: i64 = here["parts"].as_array().expect("districts").iter().map(|part| number(part, "/numbers/schools")).sum();
        assert!(parts <= number(&here, "/numbers/schools"), "{here:#}");
    }

    async fn a_school_counts_where_it_lay_on_that_day(backend: Backend) {
        let community = Community::fresh(backend).await;
        let guest = community.guest();
        let schools = async |code, on| number(&region(&guest, code, on).await, "/numbers/schools");
        let (almaty, zhetysu) = (schools(ALMATY, None).await, schools(ZHETYSU, None).await);
        assert!(zhetysu > 0, "Tekeli and Taldykorgan lie there");
        let before = Some("2022-06-07");
        assert_eq!(schools(ALMATY, before).await, almaty + zhetysu, "and lay in Almaty region before");
        assert_eq!(schools(ZHETYSU, before).await, 0, "which was not there then");
    }

    async fn a_closed_school_and_a_partnership_that_ended_count_no_more(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (guest, admin) = (community.guest(), community.persona("admin"));
        let before = region(&guest, ALMATY, None).await["numbers"].clone();
        let school = community.school("Шенгельды").await;
        let version = admin.query("query($id: ID!) { school(id: $id) { version } }", json!({"id": school})).await;
        let close = "mutation($input: SchoolCloseInput!) { schoolClose(input: $input) { userErrors { code } } }";
        let input = json!({"input": {"id": school, "version": version["school"]["version"], "reason": "moved"}});
        assert_eq!(codes(&admin.query(close, input).await["schoolClose"]), Vec::<String>::new());
        let after = region(&guest, ALMATY, None).await["numbers"].clone();
        assert_eq!(number(&after, "/schools"), number(&before, "/schools") - 1);
    }
}

#[tokio::test]
async fn the_map_the_table_and_the_file_say_the_same() {
    let community = Community::fresh(Backend::Sqlite).await;
    let mut guest = Browser::new(&community);
    let there = region(&community.guest(), ALMATY, None).await;
    let partnerships = number(&there, "/numbers/partnerships");
    let page = guest.get("/en/regions").await;
    assert_eq!(
        page.html.matches("<li class=\"b").count(),
        20,
        "a tile each"
    );
    let tile = page
        .html
        .split("<li class=\"b")
        .find(|tile| tile.contains("Almaty Region"));
    let tile = tile.expect("a tile of Almaty region");
    assert!(tile.contains(&format!("<b>{partnerships}</b>")), "{tile}");
    assert_eq!(
        page.html.matches("<th scope=\"row\"").count(),
        20,
        "a row each"
    );

    let file = guest.get("/en/regions.csv").await;
    let kind = file.headers.get("content-type").expect("a kind");
    assert_eq!(kind, "text/csv; charset=utf-8");
    let rows: Vec<_> = file.html.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows.len(), 21, "{rows:#?}");
    let numbers = there["numbers"].as_object().expect("numbers");
    let cells = ["schools", "leading", "magnetic", "networks", "partnerships"]
        .map(|of| numbers[of].to_string());
    let row = rows.iter().find(|row| row.starts_with("Almaty Region,"));
    assert_eq!(
        row.copied(),
        Some(&*format!("Almaty Region,{}", cells.join(",")))
    );

    // Of a day before the new regions there are no tiles for them.
    let before = guest.get("/en/regions?on=2022-01-01").await;
    assert!(!before.html.contains("Zhetysu"), "{}", before.html);
    assert!(
        before.html.contains("value=\"2022-01-01\"")
            && before.html.contains("regions.csv?on=2022-01-01")
    );
    // A code of the classifier leads to the region.
    let moved = guest.get("/en/regions/330000000").await;
    let to = moved.headers.get("location").expect("a new address");
    let to = to.to_str().expect("text").to_owned();
    assert!(to.starts_with("/en/regions/reg_"), "{to}");
    assert_eq!(guest.get(&to).await.h1(), "Zhetysu Region");
    for nowhere in [
        "/en/regions/999999999",
        "/en/regions/reg_x",
        "/en/regions/zhetysu",
    ] {
        assert_eq!(guest.get(nowhere).await.status, 404, "{nowhere}");
    }
}
