//! The public interface as another crate uses it.

use extract::annotation::{Extraction, OffsetUnit};
use extract::output::{Filter, Part};
use extract::{Error, Extractor, ExtractorBuilder, GivenDate, Input, TimexMode};

const TEXT: &str = "Baku, 18 September 2024. President of Azerbaijan Ilham Aliyev received the Ambassador of Armenia.";

#[test]
fn extractor_can_be_shared_and_sent() {
    fn shared<T: Clone + Send + Sync + 'static>() {}
    fn sent<T: Send + Sync>() {}
    shared::<Extractor>();
    shared::<ExtractorBuilder>();
    sent::<Extraction<'static>>();
    sent::<Error>();
}

#[test]
fn errors_are_errors() {
    fn error<T: std::error::Error>() {}
    error::<Error>();
}

#[test]
fn a_result_outlives_its_input() {
    let extractor = Extractor::builder().build().unwrap();
    let result = {
        let input = Input { text: TEXT, ..Input::default() };
        extractor.extract_document(&input)
    };
    assert_eq!(result.people[0].name, "Ilham Aliyev");
    assert_eq!((result.roles[0].person, result.roles[0].state), (Some(result.people[0].id), Some("AZ")));
}

#[test]
fn a_document_brings_its_id_title_date_and_warnings() -> Result<(), Error> {
    let extractor = Extractor::builder().timex(TimexMode::Extract).build()?;
    let date = GivenDate { value: "2024-09-18".to_owned(), from: "field" };
    let warnings = vec!["bytes replaced".to_owned()];
    let input = Input { id: "release-7".into(), text: TEXT, title: Some("News of the day"), date: Some(date), warnings };
    let doc = extractor.extract_document(&input).doc;
    assert_eq!((&*doc.id, doc.title.as_deref(), doc.bytes), ("release-7", Some("News of the day"), TEXT.len()));
    assert_eq!(doc.date.map(|date| (date.value, date.from)), Some(("2024-09-18".to_owned(), "field")));
    assert!(doc.warnings.contains(&"bytes replaced".to_owned()));
    assert_eq!((doc.offsets, doc.extract.gazetteers), (OffsetUnit::Utf8Byte, extractor.gazetteers()));
    Ok(())
}

#[test]
fn a_result_serialises_in_the_order_of_the_schema() {
    let extractor = Extractor::builder().build().unwrap();
    let result = extractor.extract(TEXT);
    let json = serde_json::to_string(&result).unwrap();
    let keys = ["schema", "doc", "people", "roles", "states", "organizations", "places", "agreements", "events", "dates", "topics", "relations", "mentions"];
    let mut at = 0;
    for key in keys {
        let next = json[at..].find(&format!("\"{key}\":")).unwrap_or_else(|| panic!("{key} is not where it belongs"));
        at += next;
    }
    let back: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(back["schema"], "extract/1");
    assert_eq!(back["mentions"].as_array().unwrap().len(), result.mentions.len());
    assert_eq!(back["mentions"][0]["text"], result.mentions[0].text);
}

#[test]
fn a_filter_keeps_the_parts_asked_for() {
    let extractor = Extractor::builder().build().unwrap();
    let mut result = extractor.extract(TEXT);
    Filter { only: [Part::States].into(), ..Filter::default() }.apply(&mut result);
    let codes: Vec<&str> = result.states.iter().map(|state| state.id).collect();
    assert_eq!(codes, ["AZ", "AM"]);
    assert!(result.people.is_empty() && result.roles.is_empty() && result.topics.is_empty());
}

#[test]
fn an_empty_text_is_an_empty_result() {
    let extractor = Extractor::builder().build().unwrap();
    let result = extractor.extract("");
    assert!(result.is_empty() && result.doc.complete);
}
