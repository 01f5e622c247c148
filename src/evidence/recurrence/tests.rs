//! The examples of RFC 5545, section 3.8.5.3, in its order, and what is no rule.

use super::*;

fn day(text: &str) -> NaiveDate {
    NaiveDate::parse_from_str(text, "%Y%m%d").expect("a day")
}

fn rule(text: &str) -> Option<Rule> {
    Rule::parse(text, |until| {
        let time = NaiveDateTime::parse_from_str(until.trim_end_matches('Z'), "%Y%m%dT%H%M%S");
        time.ok()
            .or_else(|| day(&until[..8]).and_hms_opt(23, 59, 59))
    })
}

fn days_between(start: &str, text: &str, from: &str, to: &str) -> Vec<String> {
    let start = Start {
        day: day(start),
        time: NaiveTime::from_hms_opt(9, 0, 0).expect("a time"),
    };
    let mut budget = 10_000;
    let found = rule(text)
        .expect("a rule")
        .days_in(start, &(day(from)..=day(to)), &mut budget);
    let found = found.expect("enough steps").into_iter();
    found.map(|day| day.format("%Y%m%d").to_string()).collect()
}

/// The days of a rule in the years from 1997 on; the same within each month alone.
#[track_caller]
fn check(start: &str, text: &str, expected: &str) {
    let expected: Vec<&str> = expected.split_whitespace().collect();
    let last = expected.last().expect("some");
    let found = days_between(start, text, "19970101", last);
    assert_eq!(found, expected, "{text}");
    for month in ["199709", "199710", "199712", "199801", "199803", "200101"] {
        let (first, end) = (format!("{month}01"), format!("{month}28"));
        let wanted = |it: &&&str| (first.as_str()..=end.as_str()).contains(*it);
        let of_month: Vec<&str> = expected.iter().filter(wanted).copied().collect();
        if end.as_str() <= *last {
            assert_eq!(days_between(start, text, &first, &end), of_month, "{text}");
        }
    }
}

#[test]
fn daily() {
    check(
        "19970902",
        "FREQ=DAILY;COUNT=10",
        "19970902 19970903 19970904 19970905 19970906 19970907 19970908 19970909 19970910 19970911",
    );
    let all = days_between(
        "19970902",
        "FREQ=DAILY;UNTIL=19971224T000000Z",
        "19970901",
        "19990101",
    );
    assert_eq!(
        (all.len(), all.last().map(String::as_str)),
        (113, Some("19971223"))
    );
    check(
        "19970902",
        "FREQ=DAILY;INTERVAL=2",
        "19970902 19970904 19970906 19970908",
    );
    check(
        "19970902",
        "FREQ=DAILY;INTERVAL=10;COUNT=5",
        "19970902 19970912 19970922 19971002 19971012",
    );
    let january = "FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1";
    let all = days_between("19980101", january, "19980101", "20010101");
    assert_eq!(
        (all.len(), all.last().map(String::as_str)),
        (93, Some("20000131"))
    );
    let yearly = "FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA";
    assert_eq!(
        days_between("19980101", yearly, "19980101", "20010101"),
        all
    );
}

#[test]
fn weekly() {
    check(
        "19970902",
        "FREQ=WEEKLY;COUNT=10",
        "19970902 19970909 19970916 19970923 19970930 19971007 19971014 19971021 19971028 19971104",
    );
    let all = days_between(
        "19970902",
        "FREQ=WEEKLY;UNTIL=19971224T000000Z",
        "19970101",
        "19990101",
    );
    assert_eq!(
        (all.len(), all.last().map(String::as_str)),
        (17, Some("19971223"))
    );
    check(
        "19970902",
        "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "19970902 19970916 19970930 19971014 19971028 19971111 19971125 19971209 19971223",
    );
    check(
        "19970902",
        "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH",
        "19970902 19970904 19970909 19970911 19970916 19970918 19970923 19970925 19970930 19971002",
    );
    check(
        "19970901",
        "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
        "19970901 19970903 19970905 19970915 19970917 19970919 19970929 19971001 19971003 19971013 \
         19971015 19971017 19971027 19971029 19971031 19971110 19971112 19971114 19971124 19971126 \
         19971128 19971208 19971210 19971212 19971222",
    );
    check(
        "19970902",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH",
        "19970902 19970904 19970916 19970918 19970930 19971002 19971014 19971016",
    );
    // What the first day of a week changes.
    check(
        "19970805",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO",
        "19970805 19970810 19970819 19970824",
    );
    check(
        "19970805",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU",
        "19970805 19970817 19970819 19970831",
    );
}

#[test]
fn monthly() {
    check(
        "19970905",
        "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
        "19970905 19971003 19971107 19971205 19980102 19980206 19980306 19980403 19980501 19980605",
    );
    check(
        "19970905",
        "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR",
        "19970905 19971003 19971107 19971205",
    );
    check(
        "19970907",
        "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
        "19970907 19970928 19971102 19971130 19980104 19980125 19980301 19980329 19980503 19980531",
    );
    check(
        "19970922",
        "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO",
        "19970922 19971020 19971117 19971222 19980119 19980216",
    );
    check(
        "19970928",
        "FREQ=MONTHLY;BYMONTHDAY=-3",
        "19970928 19971029 19971128 19971229 19980129 19980226",
    );
    check(
        "19970902",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15",
        "19970902 19970915 19971002 19971015 19971102 19971115 19971202 19971215 19980102 19980115",
    );
    check(
        "19970930",
        "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
        "19970930 19971001 19971031 19971101 19971130 19971201 19971231 19980101 19980131 19980201",
    );
    check(
        "19970910",
        "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
        "19970910 19970911 19970912 19970913 19970914 19970915 19990310 19990311 19990312 19990313",
    );
    check(
        "19970902",
        "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
        "19970902 19970909 19970916 19970923 19970930 19971104 19971111 19971118 19971125 19980106",
    );
    // The start counts; the RFC takes it out with an EXDATE.
    check(
        "19970902",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "19970902 19980213 19980313 19981113 19990813 20001013",
    );
    check(
        "19970913",
        "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
        "19970913 19971011 19971108 19971213 19980110 19980207 19980307 19980411",
    );
    check(
        "19970904",
        "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3",
        "19970904 19971007 19971106",
    );
    check(
        "19970929",
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
        "19970929 19971030 19971127 19971230 19980129 19980226 19980330",
    );
    // A month without the day has none.
    check(
        "20070115",
        "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5",
        "20070115 20070130 20070215 20070315 20070330",
    );
    check(
        "19970131",
        "FREQ=MONTHLY;COUNT=3",
        "19970131 19970331 19970531",
    );
}

#[test]
fn yearly() {
    check(
        "19970610",
        "FREQ=YEARLY;COUNT=10;BYMONTH=6,7",
        "19970610 19970710 19980610 19980710 19990610 19990710 20000610 20000710 20010610 20010710",
    );
    check(
        "19970310",
        "FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3",
        "19970310 19990110 19990210 19990310 20010110 20010210 20010310 20030110 20030210 20030310",
    );
    check(
        "19970519",
        "FREQ=YEARLY;BYDAY=20MO",
        "19970519 19980518 19990517",
    );
    check(
        "19970313",
        "FREQ=YEARLY;BYMONTH=3;BYDAY=TH",
        "19970313 19970320 19970327 19980305 19980312 19980319 19980326 19990304 19990311",
    );
    check(
        "19961105",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
        "20001107 20041102",
    );
    check(
        "19970902",
        "FREQ=YEARLY;COUNT=3",
        "19970902 19980902 19990902",
    );
    check("19960229", "FREQ=YEARLY", "20000229 20040229");
}

#[test]
fn what_is_not_understood_is_no_rule() {
    for text in [
        "",
        "COUNT=3",
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=0",
        "FREQ=DAILY;COUNT=-1",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=1,100,200",
        "FREQ=WEEKLY;BYDAY=1MO",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;BYDAY=é",
        "FREQ=MONTHLY;BYDAY=0MO",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=DAILY;FREQ",
    ] {
        assert_eq!(rule(text), None, "{text}");
    }
}

#[test]
fn no_rule_takes_long() {
    let start = Start {
        day: day("19000101"),
        time: NaiveTime::MIN,
    };
    let week = day("20261123")..=day("20261129");
    let days = |text: &str, mut budget: usize| {
        let found = rule(text)
            .expect("a rule")
            .days_in(start, &week, &mut budget);
        found.map(|days| days.len())
    };
    // Without a count, what is long before is not looked at.
    assert_eq!(days("FREQ=DAILY", 20), Some(7));
    assert_eq!(days("FREQ=MONTHLY;BYMONTHDAY=24", 40 * 31), Some(1));
    assert_eq!(
        days("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31", 5 * 366),
        Some(0)
    );
    assert_eq!(days("FREQ=DAILY;COUNT=4000000000", 1_000), None);
    assert_eq!(days("FREQ=DAILY;COUNT=2", 1_000), Some(0));
    assert_eq!(days("FREQ=DAILY;INTERVAL=4000000000", 5), Some(0));
}
