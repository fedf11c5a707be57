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

/// Opens the law that an element cites, as an inspection pins it.
pub(crate) fn open(model: &InspectionModel, cited: &Element) {
    let (Some(name), Some(popup)) = (cited.get_attribute("data-law"), use_context::<Popup>())
    else {
        return;
    };
    let (lang, law) = (lang(), model.law_handle());
    let on = model.with_state(|state| state.opened().map(|opened| opened.opening.on));
    popup.open(words::details(lang), name, move |name| markup::about(lang, &law, name, on));
}
