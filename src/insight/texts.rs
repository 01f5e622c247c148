//! Texts of the journal on a page, whichever it is. Knows no page.

use crate::journal::without_mention_signs;

/// What has texts of the journal.
pub(super) trait Texts {
    /// Calls `visit` for each of them, in the order they are read.
    fn visit_texts(&mut self, visit: &mut dyn FnMut(&mut String));

    /// Names people without the `@`, as every page for others does.
    fn drop_mention_signs(&mut self) {
        self.visit_texts(&mut |text| {
            if text.contains('@') {
                *text = without_mention_signs(text);
            }
        });
    }
}
