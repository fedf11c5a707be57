//! The law where it is needed: a provision or an instrument in a sheet over the page, opened from
//! where it is cited.

mod markup;

use domain::law::{Law, Provision};
use leptos::prelude::*;
use maud::{Markup, html};
use texts::{Lang, law as words};
use web_sys::Element;

use crate::app::lang;
use crate::components::popup::Popup;
use crate::inspection::cite;
use crate::inspection::model::InspectionModel;

/// How a provision is cited, as what opens it.
pub(crate) fn cited(lang: Lang, law: &Law, provision: &Provision) -> Markup {
    let cited = cite::cite(lang, law, provision);
    html! {
        button.cited type="button" data-law=(provision) aria-haspopup="dialog" { (cited) }
    }
}

/// Opens the law that an element cites, as an inspection pins it and as its item cites it.
pub(crate) fn open(model: &InspectionModel, cited: &Element) {
    let (Some(name), Some(popup)) = (cited.get_attribute("data-law"), use_context::<Popup>())
    else {
        return;
    };
    let law = model.law_handle();
    let on = model.with_state(|state| state.opened().map(|opened| opened.opening.on));
    let item = cited.closest("[data-item]").ok().flatten();
    let item = item.and_then(|element| element.get_attribute("data-item")).and_then(|id| {
        let sheet = model.sheet();
        Some(sheet.plan().item(sheet.plan().place_of(&id)?).clone())
    });
    let lang = lang();
    popup.open(title, name, move |name| markup::about(lang, &law, name, on, item.as_ref()));
}

/// A provision is named by its place in an instrument, an instrument by its id alone.
fn title(lang: Lang, name: &str) -> &'static str {
    if name.contains('/') { words::provision(lang) } else { words::instrument(lang) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_is_called_by_what_it_shows() {
        assert_eq!(title(Lang::Vi, "nd-60-2014/30/2"), "Điều khoản");
        assert_eq!(title(Lang::Vi, "nd-60-2014"), "Văn bản");
    }
}
