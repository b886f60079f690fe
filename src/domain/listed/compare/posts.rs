//! Offices that lists give.

use super::super::super::ids::UnitId;
use super::super::super::people::OfficeKind;
use super::super::{Change, KnownPerson, PersonTold, PostTold, Question, UnitRef};
use super::Comparing;

impl<'k> Comparing<'k> {
    pub(super) fn posts(
        &mut self,
        them: &'k KnownPerson,
        row: &PersonTold,
        here: Option<UnitRef>,
        changes: &mut Vec<Change>,
    ) {
        for post in &row.posts {
            let Some(of) = self.unit_of_post(*post, here) else { continue };
            let is_it =
                |(kind, at): &(OfficeKind, UnitId)| *kind == post.kind && UnitRef::Known(*at) == of;
            if them.posts.iter().any(is_it) {
                // Whom the lists themselves name goes on, whoever they name after.
                self.held.insert((post.kind, of), None);
                self.plan.same_posts += 1;
            } else if self.takes(row, *post, of) {
                changes.push(Change::Begins { office: post.kind, unit: of });
            }
        }
    }

    pub(super) fn new_posts(
        &mut self,
        row: &PersonTold,
        here: Option<UnitRef>,
    ) -> Vec<(OfficeKind, UnitRef)> {
        let mut posts = Vec::new();
        for post in &row.posts {
            if let Some(of) = self.unit_of_post(*post, here)
                && self.takes(row, *post, of)
            {
                posts.push((post.kind, of));
            }
        }
        posts
    }

    fn unit_of_post(&self, post: PostTold, here: Option<UnitRef>) -> Option<UnitRef> {
        let top = || self.known.units.iter().find(|unit| unit.parent.is_none());
        if post.of_top { top().map(|unit| UnitRef::Known(unit.id)) } else { here }
    }

    /// Whether somebody takes an office. One that oversees the whole organisation, and one of one that is held,
    /// are asked about; the holder's ends then.
    fn takes(&mut self, row: &PersonTold, post: PostTold, of: UnitRef) -> bool {
        if post.of_top && !self.asks(row, Question::Oversees { office: post.kind }) {
            return false;
        }
        if post.kind != OfficeKind::Secretary {
            return true;
        }
        if let Some(holder) = self.held.get(&(post.kind, of)).copied() {
            let by = holder.map(|holder| holder.code.clone()).unwrap_or_default();
            let accepted = self.asks(row, Question::Held { office: post.kind, by });
            // Of two whom the lists themselves name the first holds it.
            let (true, Some(holder), UnitRef::Known(unit)) = (accepted, holder, of) else {
                return false;
            };
            self.changes(holder.id, vec![Change::Ends { office: post.kind, unit }]);
        }
        self.held.insert((post.kind, of), None);
        true
    }
}
