//! That the shipped list is whole and cited, that versions stand side by side, and that an entry
//! that cannot be right is refused by its name.

use proptest::prelude::*;
use rstest::rstest;

use super::fixture::{SHIPPED, list, shipped};
use super::*;
use crate::domain::calendar::fixture::day;

#[test]
fn the_shipped_rules_are_cited_and_none_claims_to_be_confirmed() {
    let rules = shipped();
    let listed = rules.until(day(2027, 1, 1));
    assert_eq!(listed.iter().map(|(key, _)| *key).collect::<Vec<_>>(), Regulations::KEYS);
    for (key, versions) in listed {
        for version in versions {
            assert_eq!(version.source.key, key);
            assert!(!version.source.confirmed, "{key}: no office has confirmed anything");
            // Two documents bear the number 01-HD/TW.
            let dated = version.source.cite.contains('(') || !version.source.cite.contains("/TW");
            assert!(dated, "{key}: {} has no date", version.source.cite);
        }
    }
}

#[test]
fn a_rule_is_the_one_in_force_on_the_day() {
    let rules = shipped();
    let counted = |date| rules.ceremony_counted_from.on(date).value;
    assert_eq!(counted(day(2026, 7, 25)), CountedFrom::Receipt);
    assert_eq!(counted(day(2026, 7, 26)), CountedFrom::Issue);
    let cited = |date| rules.branch_vote.on(date).source.cite.clone();
    assert!(cited(day(2018, 11, 26)).starts_with("QĐ 45-QĐ/TW"));
    assert!(cited(day(2026, 11, 26)).starts_with("HD 06-HD/TW"));
    // What happened before anything was listed is measured by the oldest version.
    assert_eq!(rules.probation.on(day(1994, 11, 7)).value, Months(12));
}

#[test]
fn what_is_not_in_force_yet_is_not_listed() {
    let rules = shipped();
    let versions = |date| {
        let listed = rules.until(date);
        let found = listed.into_iter().find(|(key, _)| *key == "ceremony_within");
        found.expect("the rule").1.iter().map(|v| v.source.from).collect::<Vec<_>>()
    };
    assert_eq!(versions(day(2018, 11, 26)), [day(2016, 7, 25)]);
    assert_eq!(versions(day(2025, 8, 1)), [day(2025, 7, 1), day(2016, 7, 25)]);
}

fn changed(from: &str, to: &str) -> RegulationError {
    assert!(SHIPPED.contains(from), "{from}");
    Regulations::new(list(&SHIPPED.replacen(from, to, 1)).unwrap()).unwrap_err()
}

#[rstest]
#[case("[[known_for]]", "[[unheard_of]]", "unheard_of is no rule")]
#[case("value = 18", "value = 0", "age_from: \"0\" is no value in years")]
#[case("value = 18", "value = \"mười tám\"", "is no value in years")]
#[case("value = \"2/3\"", "value = \"3/2\"", "branch_vote: \"3/2\" is no value in share")]
#[case("value = \"2/3\"", "value = \"2/0\"", "branch_vote: \"2/0\"")]
#[case("value = \"receipt\"", "value = \"some day\"", "ceremony_counted_from")]
#[case("value = \"branch_resolution\"", "value = \"a paper\"", "papers_committee")]
#[case("unit = \"years\"", "unit = \"months\"", "age_from: the unit is years, not months")]
#[case("cite = \"QĐ 45-QĐ/TW (01/11/2011)\"", "cite = \" \"", "age_from: the version of")]
#[case("from = \"2016-07-25\"", "from = \"2011-11-01\"", "age_from: two versions")]
fn a_wrong_entry_is_refused_by_its_name(#[case] from: &str, #[case] to: &str, #[case] says: &str) {
    let error = changed(from, to).to_string();
    assert!(error.contains(says), "{error}");
}

#[test]
fn a_missing_rule_is_an_error() {
    for key in Regulations::KEYS {
        let mut list = list(SHIPPED).unwrap();
        list.0.remove(*key);
        let missing = RegulationError::Missing((*key).to_owned());
        assert_eq!(Regulations::new(list), Err(missing));
    }
}

proptest! {
    #[test]
    fn a_share_is_the_fewest_that_are_enough(part in 1u32..20, more in 0u32..20, all in 0u32..5000) {
        let share = Share::new(part, part + more).unwrap();
        let needed = share.of(all);
        let enough = |n: u32| u64::from(n) * u64::from(part + more) >= u64::from(all) * u64::from(part);
        prop_assert!(needed <= all && enough(needed));
        prop_assert!(needed == 0 || !enough(needed - 1));
    }
}
