//! Files come over bad lines, once and whole; nobody sees what is not theirs; nothing in them runs.

mod bucket;
pub mod client;
mod hostile;
mod program;

use reqwest::{Method, StatusCode};
use serde_json::json;
use tests::{Backend, both};

use crate::community::{Community, done, text};
use client::{Tus, sample};

/// A picture of one pixel.
pub const PIXEL: &[u8] = include_bytes!("../fixtures/files/pixel.png");

both! {
    /// The core of the protocol, creation, expiration and termination.
    async fn an_upload_is_announced_sent_and_resumed_on_another_node(backend: Backend) {
        let community = Community::on(backend, 2).await;
        let bytes = sample(3_000_000);
        let tus = Tus::of(community.persona("teacher"));
        let there = Tus::of(community.persona_on(1, "teacher"));
        let place = tus.announce("Сабақ жоспары.bin", bytes.len()).await;
        let (status, headers) = tus.send(&place, 0, &bytes[..1_000_000]).await;
        assert_eq!(status, StatusCode::NO_CONTENT);
        assert_eq!(headers["upload-offset"], "1000000");
        assert!(headers.contains_key("upload-expires"));
        let (_, headers) = there.head(&place).await;
        assert_eq!((&headers["upload-offset"], &headers["upload-length"]), (&"1000000".parse().expect("a header"), &"3000000".parse().expect("a header")));
        assert_eq!(headers["cache-control"], "no-store");
        assert_eq!(headers["upload-metadata"], client::metadata("Сабақ жоспары.bin"));
        // Not where the last bytes ended; not more than was announced; not in another form.
        assert_eq!(tus.send(&place, 0, &bytes[..10]).await.0, StatusCode::CONFLICT);
        assert_eq!(tus.send(&place, 1_000_000, &[0; 2_000_001]).await.0, StatusCode::PAYLOAD_TOO_LARGE);
        let odd = tus.request(Method::PATCH, &place).header("upload-offset", "1000000").body("x").send().await.expect("an answer");
        assert_eq!(odd.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
        // A broken upload is no file.
        assert_eq!(community.database.number("SELECT count(*) FROM file").await, 0);
        assert_eq!(tus.get(&format!("{place}/x")).await.status(), StatusCode::NOT_FOUND);
        let (status, headers) = there.send(&place, 1_000_000, &bytes[1_000_000..]).await;
        assert_eq!((status, &headers["upload-offset"]), (StatusCode::NO_CONTENT, &"3000000".parse().expect("a header")));
        assert!(!headers.contains_key("upload-expires"));
        // Whoever did not hear of the end asks again.
        assert_eq!(tus.head(&place).await.1["upload-offset"], "3000000");
        let whole = tus.get(&format!("{place}/x")).await;
        assert_eq!(whole.headers()["content-disposition"], "attachment; filename=\"_____ _______.bin\"; filename*=UTF-8''%D0%A1%D0%B0%D0%B1%D0%B0%D2%9B%20%D0%B6%D0%BE%D1%81%D0%BF%D0%B0%D1%80%D1%8B.bin");
        assert_eq!(whole.bytes().await.expect("bytes"), bytes);
        assert_eq!(community.database.number("SELECT count(*) FROM upload_part").await, 0);
        assert_eq!(community.database.number("SELECT bytes FROM file_usage").await, 3_000_000);

        // Another one is taken back, and its room is free again.
        let other = tus.announce("b", 100).await;
        tus.send(&other, 0, &[1; 50]).await;
        assert_eq!(community.database.number("SELECT bytes FROM file_usage").await, 3_000_100);
        let ended = tus.request(Method::DELETE, &other).send().await.expect("an answer");
        assert_eq!(ended.status(), StatusCode::NO_CONTENT);
        assert_eq!(tus.head(&other).await.0, StatusCode::NOT_FOUND);
        assert_eq!(community.database.number("SELECT bytes FROM file_usage").await, 3_000_000);
    }

    async fn what_is_sent_wrongly_is_refused(backend: Backend) {
        let community = Community::fresh(backend).await;
        let tus = Tus::of(community.persona("teacher"));
        let options = community.guest().request(Method::OPTIONS, "/files").send().await.expect("an answer");
        assert_eq!(options.status(), StatusCode::NO_CONTENT);
        assert_eq!(options.headers()["tus-version"], "1.0.0");
        assert_eq!(options.headers()["tus-extension"], "creation,creation-with-upload,termination,checksum,expiration");
        assert_eq!(options.headers()["tus-checksum-algorithm"], "sha1,sha256");
        assert_eq!(options.headers()["tus-max-size"], (1_u64 << 30).to_string().as_str());
        let status = async |request: reqwest::RequestBuilder| request.send().await.expect("an answer").status();
        let bare = community.persona("teacher");
        let version = bare.request(Method::POST, "/files").header("upload-length", "1").send().await.expect("an answer");
        assert_eq!(version.status(), StatusCode::PRECONDITION_FAILED);
        assert_eq!(version.headers()["tus-version"], "1.0.0");
        assert_eq!(status(tus.request(Method::POST, "/files")).await, StatusCode::BAD_REQUEST);
        for length in ["-1", "x", "", "1.5", "99999999999999999999999"] {
            assert_eq!(status(tus.request(Method::POST, "/files").header("upload-length", length)).await, StatusCode::BAD_REQUEST, "{length}");
        }
        for metadata in ["filename ?", "filename /w=="] {
            let odd = tus.request(Method::POST, "/files").header("upload-length", "1").header("upload-metadata", metadata);
            assert_eq!(status(odd).await, StatusCode::BAD_REQUEST, "{metadata}");
        }
        let large = tus.request(Method::POST, "/files").header("upload-length", ((1_u64 << 30) + 1).to_string());
        assert_eq!(status(large).await, StatusCode::PAYLOAD_TOO_LARGE);
        assert_eq!(status(tus.request(Method::GET, "/files")).await, StatusCode::METHOD_NOT_ALLOWED);
        let guest = Tus::of(community.guest());
        assert_eq!(status(guest.request(Method::POST, "/files").header("upload-length", "1")).await, StatusCode::UNAUTHORIZED);
        assert_eq!(community.database.number("SELECT count(*) FROM upload").await, 0);

        // Some networks let only POST through.
        let place = tus.announce("a", 3).await;
        let hidden = tus.request(Method::POST, &place).header("x-http-method-override", "PATCH")
            .header("content-type", client::BYTES).header("upload-offset", "0").body("abc");
        assert_eq!(status(hidden).await, StatusCode::NO_CONTENT);
        // Announced and sent at once.
        let at_once = tus.request(Method::POST, "/files").header("upload-length", "3").header("content-type", client::BYTES).body("abc");
        let at_once = at_once.send().await.expect("an answer");
        assert_eq!((at_once.status(), &at_once.headers()["upload-offset"]), (StatusCode::CREATED, &"3".parse().expect("a header")));
        // Nothing at all is a file as well.
        let empty = tus.announce("leer", 0).await;
        assert_eq!(tus.get(&format!("{empty}/x")).await.bytes().await.expect("bytes").len(), 0);
    }

    async fn damaged_bytes_do_not_count(backend: Backend) {
        let community = Community::fresh(backend).await;
        let tus = Tus::of(community.persona("teacher"));
        let place = tus.announce("a", 6).await;
        let send = async |offset: &str, checksum: &str, body: &'static str| {
            let request = tus.request(Method::PATCH, &place).header("content-type", client::BYTES);
            let request = request.header("upload-offset", offset).header("upload-checksum", checksum).body(body);
            request.send().await.expect("an answer").status().as_u16()
        };
        let abc = "sha256 ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=";
        assert_eq!(send("0", abc, "abd").await, 460);
        assert_eq!(send("0", "md5 AAAA", "abc").await, 400);
        assert_eq!(tus.head(&place).await.1["upload-offset"], "0");
        assert_eq!(send("0", abc, "abc").await, 204);
        assert_eq!(send("3", "sha1 qZk+NkcGgWq6PiVxeFDCbJzQ2J0=", "abc").await, 204);
        assert_eq!(tus.get(&format!("{place}/x")).await.bytes().await.expect("bytes"), "abcabc");
    }

    /// Two send the same: each piece counts once, and the room is counted right.
    async fn of_two_senders_one_wins(backend: Backend) {
        let community = Community::fresh(backend).await;
        let bytes = sample(2_500_000);
        let tus = Tus::of(community.persona("teacher"));
        let place = tus.announce("a", bytes.len()).await;
        let sent = futures_util::future::join_all((0..8).map(|_| tus.send(&place, 0, &bytes))).await;
        let done = sent.iter().filter(|(status, _)| *status == StatusCode::NO_CONTENT).count();
        assert!(done >= 1, "{sent:?}");
        for (status, _) in &sent {
            assert!([StatusCode::NO_CONTENT, StatusCode::CONFLICT].contains(status), "{status}");
        }
        assert_eq!(tus.get(&format!("{place}/x")).await.bytes().await.expect("bytes"), bytes);
        assert_eq!(community.database.number("SELECT count(*) FROM file").await, 1);
        assert_eq!(community.database.number("SELECT count(*) FROM outbox WHERE fact LIKE '%file_added%'").await, 1);
        assert_eq!(community.database.number("SELECT bytes FROM file_usage").await, 2_500_000);

        // Room for five of eight.
        let fifth = 1000_i64 << 20;
        let made = futures_util::future::join_all((0..8).map(|_| async {
            let request = tus.request(Method::POST, "/files").header("upload-length", fifth.to_string());
            request.send().await.expect("an answer").status()
        }));
        let made = made.await.into_iter().filter(|status| *status == StatusCode::CREATED).count();
        assert_eq!(made, 5);
        assert_eq!(community.database.number("SELECT count(*) FROM upload WHERE NOT finished").await, 5);
        assert_eq!(community.database.number("SELECT bytes FROM file_usage").await, 2_500_000 + 5 * fifth);
    }

    /// What is one's own nobody else finds, until it is shared.
    async fn a_file_is_for_whoever_gave_it(backend: Backend) {
        let community = Community::fresh(backend).await;
        let tus = Tus::of(community.persona("teacher"));
        let place = tus.upload("photo.png", PIXEL).await;
        let half = tus.announce("half", 10).await;
        for stranger in ["leading_coordinator", "other_coordinator", "trainer", "admin"] {
            let stranger = Tus::of(community.persona(stranger));
            for path in [format!("{place}/photo.png"), format!("{place}/preview/photo.png")] {
                assert_eq!(stranger.get(&path).await.status(), StatusCode::NOT_FOUND);
            }
            for place in [&place, &half] {
                assert_eq!(stranger.head(place).await.0, StatusCode::NOT_FOUND);
                assert_eq!(stranger.send(place, 0, b"0123456789").await.0, StatusCode::NOT_FOUND);
                let end = stranger.request(Method::DELETE, place).send().await.expect("an answer");
                assert_eq!(end.status(), StatusCode::NOT_FOUND);
            }
        }
        let guest = Tus::of(community.guest());
        assert_eq!(guest.get(&format!("{place}/photo.png")).await.status(), StatusCode::NOT_FOUND);
        assert_eq!(guest.head(&half).await.0, StatusCode::UNAUTHORIZED);
        assert_eq!(community.database.number("SELECT count(*) FROM upload").await, 2);

        // The link that the API hands out opens it without a session, for this file and this view alone.
        let id = place.trim_start_matches("/files/");
        let read = "query($id: ID!) { node(id: $id) { ... on File { name size mediaType url previewUrl thumbnailUrl } } }";
        let file = community.persona("teacher").query(read, json!({"id": id})).await;
        assert_eq!((text(&file, "/node/name"), text(&file, "/node/mediaType")), ("photo.png".into(), "image/png".into()));
        for link in ["url", "previewUrl", "thumbnailUrl"] {
            let link = text(&file, &format!("/node/{link}"));
            assert_eq!(guest.get(&link).await.status(), StatusCode::OK, "{link}");
            for bad in [link.replace("signature=", "signature=A"), link.replace("until=1", "until=2"), link.replace(id, "fil_0192f0c1d2e37000800000000000abcd")] {
                assert_eq!(guest.get(&bad).await.status(), StatusCode::NOT_FOUND, "{bad}");
            }
        }
        let other = community.persona("other_coordinator").query(read, json!({"id": id})).await;
        assert!(other["node"].is_null(), "{other}");
    }

    async fn a_browser_asks_for_parts_and_changes(backend: Backend) {
        let community = Community::fresh(backend).await;
        let tus = Tus::of(community.persona("teacher"));
        let bytes = sample(100_000);
        let place = tus.upload("a.bin", &bytes).await;
        let path = format!("{place}/a.bin");
        let ask = async |headers: &[(&str, &str)]| {
            let request = headers.iter().fold(tus.client.request(Method::GET, &path), |request, (name, value)| request.header(*name, *value));
            request.send().await.expect("an answer")
        };
        let whole = ask(&[]).await;
        let etag = whole.headers()["etag"].to_str().expect("text").to_owned();
        for (name, value) in [("accept-ranges", "bytes"), ("x-content-type-options", "nosniff"), ("content-length", "100000"), ("content-type", "application/octet-stream")] {
            assert_eq!(whole.headers()[name], value, "{name}");
        }
        assert!(whole.headers()["content-security-policy"].to_str().expect("text").ends_with("sandbox"));
        for (range, expected) in [("bytes=0-9", 0..10), ("bytes=99990-", 99_990..100_000), ("bytes=-5", 99_995..100_000)] {
            let part = ask(&[("range", range), ("if-range", &etag)]).await;
            assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
            assert_eq!(part.headers()["content-range"], format!("bytes {}-{}/100000", expected.start, expected.end - 1).as_str());
            assert_eq!(part.bytes().await.expect("bytes"), bytes[expected]);
        }
        let changed = ask(&[("range", "bytes=0-9"), ("if-range", "\"other\"")]).await;
        assert_eq!((changed.status(), changed.bytes().await.expect("bytes").len()), (StatusCode::OK, 100_000));
        let beyond = ask(&[("range", "bytes=100000-")]).await;
        assert_eq!((beyond.status(), &beyond.headers()["content-range"]), (StatusCode::RANGE_NOT_SATISFIABLE, &"bytes */100000".parse().expect("a header")));
        assert_eq!(ask(&[("if-none-match", &etag)]).await.status(), StatusCode::NOT_MODIFIED);
        let head = tus.client.request(Method::HEAD, &path).send().await.expect("an answer");
        assert_eq!((head.status(), &head.headers()["content-length"]), (StatusCode::OK, &"100000".parse().expect("a header")));
    }

    /// The same bytes lie once in the store, and go when the last file that has them goes and a day is over.
    async fn bytes_nobody_needs_are_swept(backend: Backend) {
        let mut community = Community::fresh(backend).await;
        let tus = Tus::of(community.persona("teacher"));
        let bytes = sample(10_000);
        let (one, other) = (tus.upload("one", &bytes).await, tus.upload("other", &bytes).await);
        let unfinished = tus.announce("half", 50).await;
        tus.send(&unfinished, 0, &[7; 20]).await;
        assert_eq!(community.database.number("SELECT count(*) FROM blob").await, 1);
        let remove = "mutation($id: ID!) { fileRemove(input: { id: $id }) { file { id } userErrors { code field } } }";
        let id = |place: &str| json!({"id": place.trim_start_matches("/files/")});
        done(&tus.client.query(remove, id(&one)).await);
        let folder = community.files();
        assert_eq!(client::files_below(&folder.join("blob")).len(), 1);
        let days_pass = "UPDATE upload SET expires_at = '2020-01-01 00:00:00+00:00'; UPDATE blob SET wanted_at = '2020-01-01 00:00:00+00:00'";
        // A node sweeps when it starts.
        for (files, blobs) in [(1, 1), (0, 0)] {
            community.database.run(days_pass).await;
            client::restart(&mut community).await;
            let tus = Tus::of(community.persona("teacher"));
            client::until(async || community.database.number("SELECT count(*) FROM upload").await == 0).await;
            client::until(async || community.database.number("SELECT count(*) FROM blob").await == blobs).await;
            assert_eq!(client::files_below(&folder).len() as i64, blobs);
            assert_eq!(community.database.number("SELECT count(*) FROM file").await, files);
            if files == 1 {
                assert_eq!(tus.get(&format!("{other}/x")).await.bytes().await.expect("bytes"), bytes);
                done(&tus.client.query(remove, id(&other)).await);
            }
        }
        assert_eq!(community.database.number("SELECT bytes FROM file_usage").await, 0);
    }

    /// A file goes where the work goes: to its readers, into its versions and copies, and out of sight with it.
    async fn a_file_is_for_those_who_read_a_work_that_holds_it(backend: Backend) {
        let community = Community::fresh(backend).await;
        let (author, reader) = (community.persona("teacher"), community.persona("outsider"));
        let tus = Tus::of(author.clone());
        let place = tus.upload("task.png", PIXEL).await;
        let id = place.trim_start_matches("/files/").to_owned();
        let create = "mutation($i: ResourceCreateInput!) { resourceCreate(input: $i) {
            resource { id version draft { files { id name } } } userErrors { code field } } }";
        let input = |files: &[&str]| json!({"i": {
            "card": {"kind": "WORKSHEET", "language": "KK", "gradeFrom": 7, "gradeTo": 7},
            "text": {"title": {"kk": "Есептер"}, "licence": "CC_BY", "fileIds": files},
        }});
        // Only what one sees can be given away; nothing twice.
        let stolen = reader.query(create, input(&[&id])).await;
        assert_eq!(stolen["resourceCreate"]["userErrors"][0]["field"], json!(["text", "fileIds"]), "{stolen}");
        assert_eq!(stolen["resourceCreate"]["userErrors"][0]["code"], "NOT_FOUND");
        let twice = author.query(create, input(&[&id, &id])).await;
        assert_eq!(twice["resourceCreate"]["userErrors"][0]["code"], "ALREADY_EXISTS");
        let begun = done(&author.query(create, input(&[&id])).await);
        assert_eq!(begun["resource"]["draft"]["files"][0]["name"], "task.png");
        let seen = async |client: &tests::graphql::Client| {
            let read = "query($id: ID!) { node(id: $id) { ... on File { id } } }";
            let through_node = !client.query(read, json!({"id": id})).await["node"].is_null();
            let status = Tus::of(client.clone()).get(&format!("{place}/task.png")).await.status();
            assert_eq!(through_node, status == StatusCode::OK, "{status}");
            through_node
        };
        assert!(seen(&author).await && !seen(&reader).await && !seen(&community.guest()).await);

        let share = "mutation($i: ResourceShareInput!) { resourceShare(input: $i) {
            resource { id version newest { id files { id name size url thumbnailUrl } } } userErrors { code field } } }";
        let resource = text(&begun, "/resource/id");
        let input = json!({"i": {"id": resource, "version": begun["resource"]["version"], "audience": {"rung": "SIGNED_IN"}}});
        let shared = done(&author.query(share, input).await);
        assert_eq!(shared["resource"]["newest"]["files"][0]["id"], json!(id));
        assert!(seen(&author).await && seen(&reader).await && !seen(&community.guest()).await);
        let link = text(&shared, "/resource/newest/files/0/thumbnailUrl");
        assert_eq!(Tus::of(community.guest()).get(&link).await.status(), StatusCode::OK);

        // Links are handed to whoever reads: to a third, and to the author.
        let third = community.persona("other_coordinator");
        let read = "query($id: ID!) { node(id: $id) { ... on File { url previewUrl } } }";
        let handed = third.query(read, json!({"id": id})).await;
        let (whole, preview) = (text(&handed, "/node/url"), text(&handed, "/node/previewUrl"));
        let own = text(&author.query(read, json!({"id": id})).await, "/node/url");
        let opened = async |link: &str| Tus::of(community.guest()).get(link).await.status();
        for link in [&whole, &preview, &own] {
            assert_eq!(opened(link).await, StatusCode::OK, "{link}");
        }

        let copy = "mutation($i: ResourceCopyInput!) { resourceCopy(input: $i) {
            resource { id draft { files { id } } } userErrors { code field } } }";
        let input = json!({"i": {"versionId": text(&shared, "/resource/newest/id")}});
        let copied = done(&reader.query(copy, input).await);
        assert_eq!(copied["resource"]["draft"]["files"][0]["id"], json!(id));

        // Nobody removes what a work holds. Withdrawn, it is out of sight, but not out of a copy.
        let remove = "mutation($id: ID!) { fileRemove(input: { id: $id }) { file { id } userErrors { code field } } }";
        let held = author.query(remove, json!({"id": id})).await;
        assert_eq!(held["fileRemove"]["userErrors"][0]["code"], "FILE_HELD");
        let withdraw = "mutation($i: ResourceWithdrawInput!) { resourceWithdraw(input: $i) { resource { id } userErrors { code } } }";
        let input = json!({"i": {"id": resource, "version": shared["resource"]["version"], "reason": "x"}});
        done(&author.query(withdraw, input).await);
        assert!(seen(&author).await && seen(&reader).await && !seen(&third).await);
        // A link outlives no right: not by a minute, and in nobody else's name.
        for link in [&whole, &preview] {
            assert_eq!(opened(link).await, StatusCode::NOT_FOUND, "{link}");
        }
        assert_eq!(opened(&own).await, StatusCode::OK);
        let of = |link: &str| link.split_once("for=").and_then(|(_, rest)| rest.split_once('&')).expect("a person").0.to_owned();
        let stolen = whole.replace(&of(&whole), &of(&own));
        assert_ne!(stolen, whole);
        assert_eq!(opened(&stolen).await, StatusCode::NOT_FOUND);
        let me = community.who("teacher").email.clone();
        community.database.run(&format!("UPDATE person SET state = 'suspended' WHERE id = (SELECT person_id FROM person_contact WHERE email = '{me}')")).await;
        assert_eq!(opened(&own).await, StatusCode::NOT_FOUND);
    }

    /// Other sites' pages can't send with somebody's cookies.
    async fn foreign_pages_send_nothing(backend: Backend) {
        let community = Community::fresh(backend).await;
        let cookie = format!("session={}", community.who("teacher").token);
        let guest = community.guest();
        let send = async |origin: &str| {
            let request = guest.request(Method::POST, "/files").header("cookie", &cookie).header("origin", origin);
            let request = request.header("tus-resumable", "1.0.0").header("upload-length", "5");
            request.send().await.expect("an answer")
        };
        let foreign = send("https://evil.example").await;
        assert_eq!(foreign.status(), StatusCode::FORBIDDEN);
        assert!(foreign.headers().get("access-control-allow-origin").is_none());
        assert_eq!(community.database.number("SELECT count(*) FROM upload").await, 0);
        let preflight = guest.request(Method::OPTIONS, "/files").header("origin", "https://evil.example")
            .header("access-control-request-method", "POST").send().await.expect("an answer");
        assert!(preflight.headers().get("access-control-allow-methods").is_none());
        assert_eq!(send(&guest.base).await.status(), StatusCode::CREATED);
    }
}
