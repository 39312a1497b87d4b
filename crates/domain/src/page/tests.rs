use super::*;

#[test]
fn sizes() {
    assert_eq!(Window::new(None, None, None, None).unwrap().size(), 20);
    assert_eq!(
        Window::new(Some(100), None, None, None).unwrap().size(),
        100
    );
    for (first, last) in [
        (Some(0), None),
        (Some(-1), None),
        (Some(101), None),
        (None, Some(0)),
        (Some(1), Some(1)),
        (Some(i32::MAX), None),
    ] {
        assert!(
            Window::new(first, None, last, None).is_err(),
            "{first:?} {last:?}"
        );
    }
    assert!(Window::new(Some(1), None, None, Some("x".to_owned())).is_err());
}

proptest::proptest! {
    #[test]
    fn cursors_return_to_their_own_list_alone(text: String, number: i64, key: u128, filter: String, other: String) {
        let id = uuid::Uuid::from_u128(key);
        let (mine, theirs) = (List::new((), &filter).unwrap(), List::new((), &other).unwrap());
        for (value, bound) in [(Sorted::Text(text.clone()), Value::from(text)), (Sorted::Int(number), Value::from(number))] {
            let cursor = mine.mark(value, id).unwrap();
            let mark = mine.parse(&cursor).unwrap();
            assert_eq!((mark.value.bind(), mark.id), (bound, id));
            assert_eq!(theirs.parse(&cursor).is_some(), filter == other);
            // A cursor cut short, or longer than it was, is none.
            assert!(mine.parse(cursor.get(1..).unwrap()).is_none());
            assert!(mine.parse(&format!("{cursor}A")).is_none());
        }
    }

    /// Whatever somebody makes up that is not of the column's kind is no cursor.
    #[test]
    fn made_up_values_are_refused(text: String, number: i64, key: u128) {
        let list = List::new((), &()).unwrap();
        let id = uuid::Uuid::from_u128(key);
        let at = Timestamp::MAX_UTC;
        let window = |value| {
            let cursor = list.mark(value, id).unwrap();
            Window { cursor: Some(cursor), ..Window::first(1) }
        };
        for value in [Sorted::Text(text), Sorted::Int(number), Sorted::Id(id), Sorted::Day(at.date_naive()), Sorted::Time(at)] {
            assert!(window(value).mark(&list, &ColumnType::TimestampWithTimeZone).is_err());
        }
        assert!(window(Sorted::Text("\0".to_owned())).mark(&list, &ColumnType::Text).is_err());
        assert!(window(Sorted::Int(i64::MAX)).mark(&list, &ColumnType::Integer).is_err());
        assert!(window(Sorted::Int(number)).mark(&list, &ColumnType::BigInteger).unwrap().is_some());
    }

    #[test]
    fn what_is_no_cursor_is_refused(text: String) {
        assert!(List::new((), &()).unwrap().parse(&text).is_none());
    }
}
