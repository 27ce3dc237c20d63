//! Dates that JSON has as objects, lists or numbers.

use serde_json::Value;

use super::epoch::of_milliseconds;

/// Keys of objects whose value is the date, best first.
const KEYS: &[&str] = &[
    "$date",
    "iso",
    "date",
    "datetime",
    "dateTime",
    "value",
    "rendered",
    "raw",
    "time",
    "timestamp",
    "utc",
    "local",
    "name",
    "#text",
    "$t",
    "_text",
    "@value",
];

/// The text of a date in JSON, in a form that the reader of dates knows: of
/// `{"$date":…}` and its like, of `{"seconds":…}`, of `[2019,3,5]`.
pub(in crate::extract) fn date_text(value: &Value) -> Option<String> {
    text(value, 4)
}

fn text(value: &Value, depth: usize) -> Option<String> {
    let inner = |value: &Value| depth.checked_sub(1).and_then(|depth| text(value, depth));
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => days(items).or_else(|| items.iter().find_map(inner)),
        Value::Object(map) => {
            if let Some(moment) = map.get("$date").and_then(milliseconds) {
                return Some(moment);
            }
            let seconds = ["seconds", "_seconds", "sec", "epochSecond"].iter().find_map(|key| map.get(*key));
            if let Some(seconds) = seconds.and_then(Value::as_i64) {
                return moment(seconds.checked_mul(1000)?);
            }
            let part = |key: &str| map.get(key).filter(|part| part.is_number());
            if let (Some(year), Some(month), Some(day)) = (part("year"), part("month"), part("day")) {
                return Some(format!("{year}-{month}-{day}"));
            }
            KEYS.iter().find_map(|key| inner(map.get(*key)?))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

/// `[2019,3,5]` or `[2019,3,5,10,0]`.
fn days(items: &[Value]) -> Option<String> {
    let [Value::Number(year), Value::Number(month), Value::Number(day), ..] = items else { return None };
    (1000..10_000).contains(&year.as_i64()?).then(|| format!("{year}-{month}-{day}"))
}

/// The moment of a number or of `{"$numberLong":"…"}`, in milliseconds.
fn milliseconds(value: &Value) -> Option<String> {
    let number = value.get("$numberLong").unwrap_or(value);
    let digits = number.as_i64().or_else(|| value.get("$numberLong")?.as_str()?.parse().ok())?;
    moment(digits)
}

fn moment(milliseconds: i64) -> Option<String> {
    let reading = of_milliseconds(milliseconds)?;
    Some(format!("{}T{:02}:00:00Z", reading.day, reading.utc_hour?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::parse_date;

    fn check(json: &str, expected: Option<&str>) {
        let value: Value = serde_json::from_str(json).expect("JSON");
        assert_eq!(date_text(&value).and_then(|text| parse_date(&text)).as_deref(), expected, "{json}");
    }

    #[test]
    fn dates_in_json() {
        for json in [
            r#""2019-03-05""#,
            "1551780000",
            "1551780000000",
            "1551780000.5",
            r#"{"$date":"2019-03-05T10:00:00Z"}"#,
            r#"{"$date":1551780000000}"#,
            r#"{"$date":{"$numberLong":"1551780000000"}}"#,
            r#"{"seconds":1551780000,"nanoseconds":0}"#,
            r#"{"_seconds":1551780000,"_nanoseconds":0}"#,
            r#"{"__type":"Date","iso":"2019-03-05T10:00:00.000Z"}"#,
            r#"{"date":"2019-03-05 10:00:00.000000","timezone_type":3,"timezone":"UTC"}"#,
            r#"{"year":2019,"month":3,"day":5}"#,
            "[2019,3,5]",
            "[2019,3,5,10,0]",
            r#"["2019-03-05","2019-03-06"]"#,
            r##"{"#text":"2019-03-05"}"##,
        ] {
            check(json, Some("2019-03-05"));
        }
        check(r#"{"$date":{"$numberLong":"-86400000"}}"#, Some("1969-12-31"));
        check(r#"{"$date":-9223372036854775808}"#, None);
        for json in ["null", "true", "{}", "[]", "[1,2]", r#"{"$date":null}"#, r#"{"other":"2019-03-05"}"#] {
            check(json, None);
        }
        check(&format!("{}\"2019-03-05\"{}", "[".repeat(50), "]".repeat(50)), None);
    }
}
