//! Classes, by the number of the document that opened each.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::super::text::fold;
use super::{ClassRef, ClassTold, Doubt, Known, NewClass, Plan, Question};

/// Classes by their numbers, each with its first day.
#[derive(Default)]
pub(super) struct Classes(HashMap<String, (ClassRef, NaiveDate)>);

impl Classes {
    /// Those that are there, and those that lists add.
    pub fn of(told: Vec<ClassTold>, known: &Known, plan: &mut Plan) -> Self {
        let mut classes = Self::default();
        for class in &known.classes {
            classes.0.insert(key(&class.number), (ClassRef::Known(class.id), class.first));
        }
        for row in told {
            let (Some(number), Some((first, last))) = (&row.number, row.days) else {
                let read = row.number.unwrap_or_default();
                plan.doubts.push(Doubt { at: row.at, read, question: Question::ClassWhen });
                continue;
            };
            match classes.0.get(&key(number)) {
                Some((ClassRef::Known(_), _)) => plan.same_classes += 1,
                // Told again by another row.
                Some((ClassRef::New(_), _)) => {}
                None => {
                    let place = ClassRef::New(plan.new_classes.len());
                    classes.0.insert(key(number), (place, first));
                    let number = number.clone();
                    plan.new_classes.push(NewClass { number, first, last, place: row.place });
                }
            }
        }
        classes
    }

    pub fn find(&self, number: &str) -> Option<(ClassRef, NaiveDate)> {
        self.0.get(&key(number)).copied()
    }
}

/// A number as people write it, with or without blanks.
fn key(number: &str) -> String {
    fold(number).chars().filter(|c| !c.is_whitespace()).collect()
}
