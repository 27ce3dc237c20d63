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
