//! How both documents end: copies, and who signs. Someone who does not sign is not signed for:
//! the commune authorities or a witness sign that they were there.

use texts::{Lang, minutes as t};

use crate::document::{Block, Fact, Fill, Signature};
use crate::papers::{OtherSide, Signing};

/// The closing with the number of copies.
pub(crate) fn closing(signing: &Signing, lang: Lang) -> Vec<Block> {
    let not_recorded = || Fill::Missing(t::not_recorded(lang).to_owned());
    let copies = signing.copies.map(|copies| Fill::Written(t::copies_at_least(lang, copies)));
    let mut facts = vec![
        Fact::new(t::read_out(lang), not_recorded()),
        Fact::new(t::ended_at(lang), not_recorded()),
        Fact::new(t::sheets(lang), not_recorded()),
        Fact::new(t::copies(lang), copies.unwrap_or_else(not_recorded)),
    ];
    if let OtherSide::Refuses { reason } = &signing.other_side {
        let reason = Fill::of(reason, t::not_recorded(lang));
        facts.push(Fact::new(t::refusal_reason(lang), reason));
    }
    vec![Block::Part(t::closing(lang).to_owned()), Block::Facts(facts)]
}

/// The places to sign: ours first, then the other side or those who stand in for it.
pub(crate) fn places(
    (ours, name): (&str, Option<String>),
    theirs: &str,
    signing: &Signing,
    lang: Lang,
) -> Vec<Block> {
    let place = |who: &str, name| Signature {
        who: who.to_owned(),
        how: t::signed_name(lang).to_owned(),
        name,
    };
    let ours = place(ours, name);
    let heading = Block::Part(t::signatures(lang).to_owned());
    match &signing.other_side {
        OtherSide::Signs => vec![heading, Block::Signatures(vec![ours, place(theirs, None)])],
        OtherSide::Refuses { .. } => {
            let commune = place(t::sign_commune(lang), None);
            let witness = place(t::sign_witness(lang), None);
            let why = Block::Paragraph(t::sign_or_witness(lang).to_owned());
            vec![heading, why, Block::Signatures(vec![ours, commune, witness])]
        }
    }
}
