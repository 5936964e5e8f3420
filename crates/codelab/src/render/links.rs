//! Links and buttons.

use super::Writer;
use crate::{
    markup::escape,
    references::{self, LinkTarget},
};

impl Writer<'_> {
    /// Opens a link, if it leads somewhere a reader may go; `label` is what it will say.
    pub(super) fn open_link(&mut self, address: &str, title: &str, label: &str) {
        let leads_out = references::link_target(address) == LinkTarget::Outside;
        let has_tag = leads_out && !self.in_link;
        self.links.push(has_tag);
        if !has_tag {
            return;
        }
        self.in_link = true;
        let class = match (
            self.in_button,
            label.trim().to_lowercase().starts_with("download "),
        ) {
            (false, _) => "",
            (true, false) => " class=\"button\"",
            (true, true) => " class=\"button download\"",
        };
        let title = if title.is_empty() {
            String::new()
        } else {
            format!(" title=\"{}\"", escape(title))
        };
        let href = escape(address.trim());
        self.put(&format!(
            "<a{class} href=\"{href}\"{title} target=\"_blank\">"
        ));
    }

    pub(super) fn close_link(&mut self) {
        if self.links.pop() == Some(true) {
            self.in_link = false;
            self.put("</a>");
        }
    }
}
