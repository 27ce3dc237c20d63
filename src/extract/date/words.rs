//! Names of months and weekdays, time zones, and the words that stand around a
//! date, in the languages of many newspapers. All in lower case.

/// Names of the months and their short forms, without dots.
const MONTHS: [&str; 12] = [
    "january jan januar jänner janvier janv enero ene gennaio gen janeiro januari styczeń stycznia leden ledna ocak tammikuuta января янв января январь ιανουαρίου січня ianuarie január",
    "february feb febr februar feber février févr fév fevrier febrero febbraio fevereiro fev februari luty lutego únor února şubat helmikuuta февраля фев февраль φεβρουαρίου лютого februarie február",
    "march mar mrt märz maerz mär mrz mars marzo março marco maart marts marzec marca březen března mart maaliskuuta марта мар март μαρτίου березня martie március",
    "april apr avril avr abril abr aprile kwiecień kwietnia duben dubna nisan huhtikuuta апреля апр апрель απριλίου квітня aprilie április",
    "may mai mayo maggio mag maio mei maj maja květen května mayıs toukokuuta мая май μαΐου μαίου травня május",
    "june jun juni juin junio giugno giu junho czerwiec czerwca červen června haziran kesäkuuta июня июн июнь ιουνίου червня iunie június",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca červenec července temmuz heinäkuuta июля июл июль ιουλίου липня iulie július",
    "august aug août aout agosto ago augustus augusti sierpień sierpnia srpen srpna ağustos elokuuta августа авг август αυγούστου серпня augusztus",
    "september sep sept septembre septiembre setiembre settembre set setembro wrzesień września wrzesnia září eylül syyskuuta сентября сен сентябрь σεπτεμβρίου вересня septembrie szeptember",
    "october oct oktober okt octobre octubre ottobre ott outubro out październik października říjen října ekim lokakuuta октября окт октябрь οκτωβρίου жовтня octombrie október",
    "november nov novembre noviembre novembro listopad listopada listopadu kasım marraskuuta ноября ноя ноябрь νοεμβρίου листопада noiembrie",
    "december dec dez dezember décembre déc decembre diciembre dic dicembre dezembro desember des grudzień grudnia prosinec prosince aralık joulukuuta декабря дек декабрь δεκεμβρίου грудня decembrie",
];

/// Names of the weekdays from Monday, without dots.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag mo lundi lun lunes lunedì lunedi segunda maandag ma måndag mån mandag man poniedziałek pondělí pazartesi понедельник понеділок luni",
    "tuesday tue tues dienstag di mardi mar martes martedì martedi terça dinsdag tisdag tis tirsdag tir wtorek úterý salı вторник вівторок",
    "wednesday wed weds mittwoch mi mercredi mer miércoles miercoles mié mercoledì mercoledi quarta woensdag wo onsdag ons środa středa çarşamba среда середа",
    "thursday thu thur thurs donnerstag do jeudi jeu jueves jue giovedì giovedi gio quinta donderdag torsdag tor tors czwartek čtvrtek perşembe четверг четвер",
    "friday fri freitag fr vendredi ven viernes vie venerdì venerdi sexta vrijdag vr fredag fre piątek pátek cuma пятница",
    "saturday sat samstag sonnabend sa samedi sam sábado sabado sáb sabato sab zaterdag za lördag lör lørdag lør sobota cumartesi суббота субота",
    "sunday sun sonntag so dimanche dim domingo dom domenica zondag zo söndag sön søndag søn niedziela neděle pazar воскресенье неділя",
];

/// Words of a date that is not that of publication.
const CHANGED: &str = "updated update modified edited revised changed aktualisiert aktualisierung geändert actualizado actualización aggiornato atualizado atualização modifié mis bijgewerkt uppdaterad oppdatert opdateret zaktualizowano обновлено güncelleme 更新";

/// Words of a date of publication.
const PUBLISHED: &str = "published publish publication posted issued released premiered aired created dated date veröffentlicht erschienen erstellt publié publiée paru publicado publicación pubblicato pubblicata publicada gepubliceerd geplaatst publicerad publisert publiceret opublikowano опубликовано yayınlanma 公開 発表";

/// Other words around a date.
const FILLERS: &str = "on at the of in as first last originally online print web live st nd rd th ist date time datetime timestamp pubdate local new isodate datum fecha data \
    day г года edition final late early morning evening afternoon night noon midnight am pm a m p h hr hrs hours hour uhr um vom den der stand klokka kl klo klocka o clock om op le à alle ore las los el de del di às to à jour \
    heures min mins t eastern central mountain pacific atlantic british european standard daylight summer zone";

/// Names of time zones.
const ZONES: &str = "utc gmt z ut est edt et cst cdt ct mst mdt mt pst pdt pt bst cet cest wet west eet eest ist jst kst aest aedt aet acst acdt awst nzst nzdt hst akst akdt ast adt nst ndt msk sgt hkt wib pkt sast eat wat cat mez mesz met mest brt art trt";

/// Words of the hours after noon, and other words of the clock.
pub(super) const CLOCK: &[&str] = &["am", "pm", "a", "p", "h", "hr", "hrs", "uhr", "hours", "o"];

fn has(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|known| known == word)
}

/// The number of a month, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|names| has(names, word))?;
    i8::try_from(at + 1).ok()
}

/// The numbers of the weekdays that a word may name, from 1 for Monday.
pub(super) fn is_weekday(word: &str, number: i8) -> bool {
    usize::try_from(number - 1).ok().and_then(|at| WEEKDAYS.get(at)).is_some_and(|names| has(names, word))
}

pub(super) fn is_any_weekday(word: &str) -> bool {
    // “terça-feira”, “火曜日”.
    WEEKDAYS.iter().any(|names| has(names, word)) || matches!(word, "feira") || word.ends_with('曜')
}

pub(super) fn is_changed(word: &str) -> bool {
    has(CHANGED, word)
}

pub(super) fn is_published(word: &str) -> bool {
    has(PUBLISHED, word)
}

pub(super) fn is_filler(word: &str) -> bool {
    has(FILLERS, word) || has(ZONES, word) || is_any_weekday(word)
}

pub(super) fn is_zone(word: &str) -> bool {
    has(ZONES, word)
}

/// Suffixes of ordinal numbers: “5th”, “1er”, “5º”.
pub(super) fn is_ordinal(word: &str) -> bool {
    matches!(word, "st" | "nd" | "rd" | "th" | "er" | "e" | "º" | "ª" | "ème" | "de" | "o" | "a")
}

/// Words between day, month and year: “5 de marzo de 2019”, “5th of March”.
pub(super) fn is_connector(word: &str) -> bool {
    matches!(word, "of" | "de" | "del" | "di" | "do" | "d" | "the" | "den" | "г")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_weekdays() {
        for (word, expected) in
            [("march", Some(3)), ("märz", Some(3)), ("août", Some(8)), ("ene", Some(1)), ("monday", None), ("", None)]
        {
            assert_eq!(month(word), expected, "{word}");
        }
        assert!(is_weekday("tue", 2) && is_weekday("mar", 2) && !is_weekday("tue", 3) && !is_weekday("tue", 0));
        assert!(is_any_weekday("feira") && is_filler("dienstag") && !is_filler("film"));
    }

    #[test]
    fn no_name_stands_for_two_months() {
        let all: Vec<&str> = MONTHS.iter().flat_map(|names| names.split_whitespace()).collect();
        for name in &all {
            assert_eq!(MONTHS.iter().filter(|names| has(names, name)).count(), 1, "{name}");
        }
    }
}
