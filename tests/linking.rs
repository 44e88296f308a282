//! What names stand for: metonyms, and bodies named without their state.

use extract::Extractor;
use extract::annotation::Form;

use crate::support::extract_at;

/// Text, form and state of the mentions that stand for one.
fn metonyms(text: &str) -> Vec<(String, Option<Form>, &'static str)> {
    let extractor: &'static Extractor = Box::leak(Box::new(Extractor::builder().build().unwrap()));
    let text: &'static str = Box::leak(text.to_owned().into_boxed_str());
    extractor.extract(text).mentions.iter().filter_map(|m| Some((m.text.to_owned(), m.form, m.stands_for?))).collect()
}

#[test]
fn a_capital_that_acts_stands_for_its_state() {
    let named = |text: &str, form, state| (text.to_owned(), Some(form), state);
    assert_eq!(metonyms("Baku rejected the claim."), [named("Baku", Form::Metonym, "AZ")]);
    assert_eq!(metonyms("Talks between Baku and Yerevan went on."), [named("Baku", Form::Metonym, "AZ"), named("Yerevan", Form::Metonym, "AM")]);
    assert_eq!(metonyms("The Kremlin agreed."), [named("Kremlin", Form::Name, "RU")]);
}

#[test]
fn a_capital_where_something_is_stands_for_nothing() {
    for text in
        ["The envoy lives in Baku.", "A reporter in Baku said so.", "The road from Baku to Ganja is open.", "Ganja rejected the claim.", "Brussels said no."]
    {
        assert_eq!(metonyms(text), [], "{text}");
    }
}

#[test]
fn a_bare_body_is_its_neighbouring_states() {
    let extractor = Extractor::builder().build().unwrap();
    let bodies = |text: &str| extractor.extract(text).organizations.iter().map(|o| o.reference.clone()).collect::<Vec<_>>();
    assert_eq!(bodies("Armenia's Parliament met."), [Some("organizations/national-assembly-of-armenia".to_owned())]);
    assert_eq!(bodies("Canada's Senate sat late."), [Some("organizations/senate-of-canada".to_owned())]);
    assert_eq!(bodies("Members of Parliament met."), [None]);
}

#[test]
fn a_listed_acronym_that_stands_for_another_name_is_another_body() {
    let entry = |text: &str| {
        let found = extract_at(text, "2024-09-18");
        found.organizations.iter().filter_map(|o| o.reference.clone()).collect::<Vec<_>>()
    };
    assert_eq!(entry("The news came from ENA, the Ethiopian News Agency."), ["organizations/ethiopian-news-agency"]);
    assert_eq!(entry("The Ethiopian News Agency (ENA) reported it."), ["organizations/ethiopian-news-agency"]);
    assert_eq!(entry("He studied at the Ecole Nationale d'Administration (ENA) near the river. The ENA was closed later."), [] as [&str; 0]);
    assert_eq!(entry("The US Department of Health and Human Services (HHS) agreed.").len(), 1);
}

#[test]
fn bodies_of_one_name_are_candidates_until_the_text_tells_them_apart() {
    let extractor = Extractor::builder()
        .gazetteer_text("organizations.tsv", "id\tname\tacronyms\nq1\tQuarry Zone One\t=QZX\nq2\tQuilt Zone Extra\t=QZX\n")
        .build()
        .unwrap();
    let bodies = |text: &str| {
        let found = extractor.extract(text);
        found.organizations.iter().map(|o| (o.candidates.len(), o.candidates.first().map(|c| c.reference.clone()))).collect::<Vec<_>>()
    };
    let open = bodies("The QZX met in Oslo.");
    assert_eq!(open.len(), 1);
    assert!(open[0].0 == 1 && open[0].1.as_deref().is_some_and(|other| other.starts_with("organizations/q")), "{open:?}");
    assert_eq!(bodies("The Quilt Zone Extra (QZX) met in Oslo. QZX will meet again."), [(0, None)]);
}
