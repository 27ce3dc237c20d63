//! Spellings of dates, and of what is none.

use super::reader::{parse_date, read};
use super::reading::Reading;

/// All of them are 5 March 2019, a Tuesday.
const SAME_DAY: &[&str] = &[
    // ISO 8601 and its relatives.
    "2019-03-05",
    " 2019-3-5 ",
    "2019-03-05T10:00:00Z",
    "2019-03-05T10:00:00.000Z",
    "2019-03-05T10:00:00.123456+00:00",
    "2019-03-05T10:00:00,123Z",
    "2019-03-05T23:59:59-08:00",
    "2019-03-05T10:00+0100",
    "2019-03-05T10:00Z",
    "2019-03-05T10:00:00-05",
    "2019-03-05t10:00:00z",
    "2019-03-05T10:00:00+01:00[Europe/Paris]",
    "2019-03-05T24:00:00",
    "2019-03-05 10:00",
    "2019-03-05 10:00:00",
    "2019-03-05 10:00:00.0",
    "2019-03-05 10:00:00 -0800",
    "2019-03-05 10:00:00+00",
    "2019-03-05 10:00:00 UTC",
    "2019-03-05 10:00:00 EST",
    "2019-03-05 10:00:00 +0000 UTC",
    "2019-03-05 10:00 AM",
    "2019-03-05Z",
    "2019-03-05+01:00",
    "2019-03-05-08:00",
    "2019-03-05, 10:00",
    "2019-03-05 (Tue)",
    "Tue 2019-03-05",
    "2019-W10-2",
    "2019-064",
    "20190305",
    "20190305T100000Z",
    "20190305T1000",
    "20190305T100000-0800",
    "20190305100000",
    "201903051000",
    "2019-03-05 at 10:00",
    "\"2019-03-05\"",
    "2019\u{2011}03\u{2011}05",
    "\u{200e}2019-03-05\u{200e}",
    "2019-03-05T00:00+00:00",
    // Year first with other marks.
    "2019/03/05",
    "2019/3/5",
    "2019/03/05 10:00:00",
    "2019/03/05 10:00:00 +0900",
    "2019.03.05",
    "2019.03.05 10:00",
    "2019. 3. 5.",
    "2019. 3. 5. 10:00",
    "2019年3月5日",
    "2019年03月05日 10:00",
    "2019年3月5日(火)",
    "2019년 3월 5일",
    "2019-Mar-05",
    "2019 Mar 5",
    "2019 March 5",
    "2019, March 5",
    "2019/Mar/05",
    // Month first, in words.
    "March 5, 2019",
    "March 5 2019",
    "March 5,2019",
    "March 05, 2019",
    "MARCH 5, 2019",
    "Mar 5 2019",
    "Mar 5, 2019",
    "Mar. 5, 2019",
    "Mar-05-2019",
    "Mar 5, '19",
    "March 5th, 2019",
    "March 5th 2019",
    "March 5, 2019 Tuesday",
    "March 5, 2019, Tuesday",
    "March 5, 2019 Tuesday 10:00 AM EST",
    "March 5, 2019 Tuesday Final Edition",
    "Tuesday, March 5, 2019",
    "Tuesday March 5 2019",
    "Tue, Mar 5, 2019",
    "Tue. Mar. 5, 2019",
    "Tuesday, March 5th, 2019",
    "March 5, 2019 10:00",
    "March 5, 2019, 10:00 a.m. EST",
    "March 5, 2019 10:00 AM",
    "March 5, 2019 at 10:00 am",
    "March 5, 2019 at 10 p.m.",
    "March 5, 2019 | 10:00am",
    "March 5, 2019 - 10:00 PM",
    "March 5, 2019 — 10:00 PM PT",
    "March 5, 2019 10:00pm (PST)",
    "March 5, 2019 10:00 PM (Pacific Standard Time)",
    "March 5, 2019 10:00 PM Eastern Time",
    "Mar 5, 2019, 10:00:41 PM",
    "Mar 5, 2019 10:00 GMT-0800",
    "10:00 AM, March 5, 2019",
    "10:00 a.m. ET March 5, 2019",
    "5:32 PM ET, Tue March 5, 2019",
    "Published: March 5, 2019 at 10:00 PM EST",
    "Published March 5, 2019",
    "Published on March 5, 2019",
    "Posted: Mar 5, 2019 10:00 AM",
    "Updated 5:32 PM ET, Tue March 5, 2019",
    "Last updated: March 5, 2019",
    "First published on Tue 5 Mar 2019 10.00 GMT",
    "Published March 5, 2019 | Updated March 6, 2019",
    "Updated March 6, 2019; Published March 5, 2019",
    "Date: March 5, 2019",
    // Day first, in words.
    "5 March 2019",
    "5 March, 2019",
    "05 March 2019",
    "5 Mar 2019",
    "05 Mar 2019 10:00",
    "5 Mar. 2019",
    "5-Mar-2019",
    "05-Mar-19",
    "05-MAR-2019",
    "05-MAR-19 10.00.00.000000 AM",
    "5/Mar/2019",
    "05/Mar/2019:10:00:00 +0000",
    "05Mar2019",
    "5th March 2019",
    "5th of March 2019",
    "5th of March, 2019",
    "the 5th of March 2019",
    "Tuesday 5 March 2019",
    "Tuesday, 5 March 2019",
    "Tuesday 5th March 2019",
    "Tue 5 Mar 2019",
    "Tue 5 Mar 2019 10.00 GMT",
    "5 March 2019 Tuesday",
    "5 March 2019, 10:00",
    "5 March 2019 10:00 GMT",
    "5 March 2019 • 10:00pm",
    "10:00, 5 March 2019",
    "10:00 GMT, 5 March 2019",
    "10:00AM GMT 05 Mar 2019",
    "5 March 2019 (10:00)",
    // Mail, feeds, logs, services.
    "Tue, 05 Mar 2019 10:00:00 GMT",
    "Tue, 05 Mar 2019 10:00:00 +0000",
    "Tue, 5 Mar 2019 23:59:00 -0800",
    "Tue, 05 Mar 2019 10:00:00 EST",
    "Tue, 05 Mar 2019 10:00 EST",
    "Tue, 05 Mar 2019 10:00 +0100",
    "Tue, 05 Mar 19 10:00:00 GMT",
    "Tue,05 Mar 2019 10:00:00 Z",
    "Tuesday, 05-Mar-19 10:00:00 GMT",
    "Tue, 05-Mar-2019 10:00:00 GMT",
    "05 Mar 2019 10:00:00 PDT",
    "Tue, 5 Mar 2019 10:00:00 -0800 (PST)",
    "Mon, 05 Mar 2019 10:00:00 GMT",
    "Tues, 05 Mar 2019 10:00:00 GMT",
    "Tue, Mar 5 2019 10:01:41 EDT",
    "Tue Mar  5 10:00:00 2019",
    "Tue Mar 05 10:00:00 +0000 2019",
    "Tue Mar  5 10:00:00 EST 2019",
    "Tue  5 Mar 10:00:00 GMT 2019",
    "Tue Mar 05 2019 10:00:00 GMT+0000 (Coordinated Universal Time)",
    "Tue Mar 05 2019 10:00:00 GMT-0800 (PST)",
    "Tue Mar 05 2019",
    "1551780000",
    "1551780000.0",
    "1551780000.123456",
    "1551780000000",
    "1551780000000.0",
    "1551780000000000",
    "1551780000000000000",
    "/Date(1551780000000)/",
    "/Date(1551780000000-0800)/",
    "ISODate(\"2019-03-05T10:00:00Z\")",
    // Numbers of which one is above twelve, or a dot between them, or a weekday.
    "05.03.2019",
    "5.3.2019",
    "05.03.2019 10:00",
    "05.03.2019, 10:00 Uhr",
    "05.03.2019 - 10:00 Uhr",
    "5. 3. 2019",
    "05.03.19",
    "05.03.2019 г.",
    "Tue 05/03/2019",
    "05/03/2019 Tuesday",
    "Tuesday, 03/05/2019",
    // Month first where it is open.
    "03/05/2019",
    "3/5/2019",
    "03/05/2019 10:00",
    "03/05/2019 10:00:00 AM",
    "3/5/2019 22:00",
    "3/5/19",
    "03/05/19 10:00",
    "03-05-2019",
    // Other languages.
    "5. März 2019",
    "Dienstag, 5. März 2019",
    "Dienstag, 5. März 2019, 10:00 Uhr",
    "Di, 05.03.2019, 10:00",
    "am 5. März 2019 um 10:00 Uhr",
    "Stand: 05.03.2019",
    "Veröffentlicht am 5. März 2019",
    "5 mars 2019",
    "mardi 5 mars 2019",
    "Publié le 5 mars 2019 à 10h00",
    "Publié le 05/03/2019 Tue",
    "le 5 mars 2019 à 10:00",
    "5 de marzo de 2019",
    "martes, 5 de marzo de 2019",
    "5 marzo 2019",
    "5 mar. 2019",
    "05 MAR 2019 - 10:00 CET",
    "martedì 5 marzo 2019",
    "5 marzo 2019 alle 10:00",
    "5 de março de 2019",
    "terça-feira, 5 de março de 2019",
    "5 de março de 2019 às 10h00",
    "5 maart 2019",
    "dinsdag 5 maart 2019",
    "5 mrt 2019",
    "tisdag 5 mars 2019",
    "5. mars 2019 kl. 10:00",
    "5. marts 2019",
    "tirsdag den 5. marts 2019",
    "5 marca 2019",
    "5. března 2019",
    "5 Mart 2019 Salı",
    "5 марта 2019",
    "5 марта 2019 г.",
    "5. maaliskuuta 2019",
];

/// What is no date of a day.
const NONE: &[&str] = &[
    "",
    "soon",
    "yesterday",
    "5 hours ago",
    "2 days ago",
    "10:00",
    "10:00 AM",
    "02:30:15",
    "2h 30m",
    "PT2H30M",
    "P3Y6M4D",
    "P3D",
    "90 minutes",
    "3 days",
    "1,193",
    "1,193.50",
    "$1,193.00",
    "$3.05",
    "12/25",
    "24/7",
    "3/5",
    "5-3",
    "2019",
    "2019-2020",
    "2019/20",
    "2018-19",
    "Spring 2019",
    "Q1 2019",
    "March",
    "March 5",
    "Tuesday",
    "5 March",
    "May 10:00",
    "March 5 - 8, 2019",
    "March 5-8, 2019",
    "5-8 March 2019",
    "March 5, 2019 - March 8, 2019",
    "2019-03-05 - 2019-03-08",
    "2019-03-05/2019-03-08",
    "2019-03-05..2019-03-08",
    "from 2019-03-05 to 2019-03-08",
    "v2019.3.5",
    "1.2.3",
    "10.15.19.1",
    "10.2.19",
    "192.168.1.10",
    "1.2.2019.4",
    "12345",
    "12345678",
    "123456789",
    "99999999",
    "20191301",
    "20190230",
    "19990000",
    "555-123-4567",
    "(212) 555-1234",
    "+1 212 555 1234",
    "2125551234",
    "5551234567",
    "123-45-6789",
    "978-3-16-148410-0",
    "123456789012345678901",
    "99999999999999999999",
    "-1551780000",
    "0",
    "0000-00-00",
    "0000-00-00 00:00:00",
    "0001-01-01T00:00:00",
    "9999-12-31",
    "2019-13-01",
    "2019-02-30",
    "2019-03-05x",
    "x2019-03-05",
    "30/02/2019",
    "13/13/2019",
    "31 December 9999",
    "é019-01-04",
    "a1b2c3d4-2019-03-05-ffff",
    "tag:reel.example,2019-03-05:1234",
    "https://reel.example/2019/03/05/film",
    "Film opens March 5, 2019 in town",
    "Vol. 5, March 5, 2019, p. 12",
    "43529.5",
    "3.14159",
    "1e9",
    "50%",
    "5/3/2019/7",
    "March 32, 2019",
    "2019-W10",
    "2019-W60-1",
    "2016-W53-7",
    "2019-400",
];

#[test]
fn one_day_in_all_spellings() {
    for text in SAME_DAY {
        assert_eq!(parse_date(text).as_deref(), Some("2019-03-05"), "{text}");
    }
    assert!(SAME_DAY.len() > 150);
}

#[test]
fn other_texts_are_no_dates() {
    for text in NONE {
        assert_eq!(parse_date(text), None, "{text}");
    }
}

#[test]
fn other_days() {
    for (text, expected) in [
        ("Tue, Sep 15 2020 10:01:41 EDT", "2020-09-15"),
        ("2001-01-01T00:00+00:00", "2001-01-01"),
        ("2006-01-11 16:42:55 -0800", "2006-01-11"),
        ("Sept 30, 2022", "2022-09-30"),
        ("Sept. 30, 2022", "2022-09-30"),
        ("May 4, 2016", "2016-05-04"),
        ("1 Mai 2020", "2020-05-01"),
        ("1er mai 2020", "2020-05-01"),
        ("21st June 2021", "2021-06-21"),
        ("2 août 2018", "2018-08-02"),
        ("3 oct. 2018", "2018-10-03"),
        ("25/12/2018", "2018-12-25"),
        ("12/25/2018", "2018-12-25"),
        ("25-12-2018", "2018-12-25"),
        ("12.25.2018", "2018-12-25"),
        ("25/12/98", "1998-12-25"),
        ("31 December 1999 23:59:59", "1999-12-31"),
        ("4 July 1776", "1776-07-04"),
        ("18650415", "1865-04-15"),
        ("946684799", "1999-12-31"),
        ("Fri, 4 Jan 2019 23:59:00 -0800", "2019-01-04"),
        ("2020-02-29", "2020-02-29"),
        ("2020-366", "2020-12-31"),
        ("10 ноября 2021", "2021-11-10"),
        ("12 Ekim 2021", "2021-10-12"),
        ("15 stycznia 2022", "2022-01-15"),
    ] {
        assert_eq!(parse_date(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn what_was_read_is_told() {
    let check = |text: &str, expected: fn(&Reading) -> bool| {
        let reading = read(text, None).unwrap_or_else(|| panic!("a date: {text}"));
        assert!(expected(&reading), "{text}: {reading:?}");
    };
    let is_sure = |reading: &Reading| !reading.is_open && !reading.is_month;
    for text in ["25/12/2018", "05/05/2019", "05.03.2019", "Tue 05/03/2019", "2019/03/05"] {
        check(text, is_sure);
    }
    for text in ["03/05/2019", "03-05-2019", "3/5/19 10:00", "Wed 03/05/2019"] {
        check(text, |reading| reading.is_open);
    }
    for text in ["2022-03", "2022/03", "03/2022", "March 2022", "mars 2022", "Published: March 2022", "Sept. 2022"] {
        check(text, |reading| reading.is_month && reading.day.day() == 1);
    }
    for text in ["2019-03-05T10:00:00Z", "Tue, 05 Mar 2019 10:30 GMT", "1551780000", "Tue Mar 05 10:00:00 +0000 2019"] {
        check(text, |reading| reading.utc_hour == Some(10));
    }
    for text in ["2019-03-05T10:00:00+01:00", "2019-03-05Z", "2019-03-05 10:00", "March 5, 2019 10:00 EST"] {
        check(text, |reading| reading.utc_hour.is_none());
    }
}

#[test]
fn any_input_is_taken() {
    for text in
        ["2019-", "-", "5th", "/Date(", "/Date()/", ".", "1.", "2019年", "2019年3月", "5 of", "march", "'", "٣٠"]
    {
        assert_eq!(parse_date(text), None, "{text}");
    }
    let long = "2019 ".repeat(100_000);
    assert_eq!(parse_date(&long), None);
    // Every piece of a spelling is read without a panic.
    for text in SAME_DAY {
        for (at, _) in text.char_indices() {
            let _ = (parse_date(&text[at..]), parse_date(&text[..at]));
        }
    }
}
