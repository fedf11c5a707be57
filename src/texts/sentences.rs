//! The macro that makes one function per sentence.

/// Makes a function of [`Lang`](crate::Lang) per line, `name: "tiếng Việt", "English";`.
///
/// `name(n: u64): "{n} mục", "{n} item", "{n} items";` makes a function that fills its arguments in;
/// where there are two English wordings, the first is for exactly one of the first argument.
macro_rules! sentences {
    ($($name:ident $(($($arg:ident: $kind:ty),+))?: $vi:literal, $en:literal $(, $many:literal)?;)*) => {
        $($crate::sentences::sentences!(
            @one $name $(($($arg: $kind),+))?: $vi, $en $(, $many)?
        );)*
    };
    (@one $name:ident: $vi:literal, $en:literal) => {
        #[doc = concat!("“", $en, "”")]
        pub fn $name(lang: $crate::Lang) -> &'static str {
            lang.pick($vi, $en)
        }
    };
    (@one $name:ident($($arg:ident: $kind:ty),+): $vi:literal, $en:literal) => {
        #[doc = concat!("“", $en, "”")]
        pub fn $name(lang: $crate::Lang, $($arg: $kind),+) -> String {
            match lang {
                $crate::Lang::Vi => format!($vi),
                $crate::Lang::En => format!($en),
            }
        }
    };
    (@one $name:ident($count:ident: $kind:ty $(, $arg:ident: $other:ty)*):
        $vi:literal, $one:literal, $many:literal
    ) => {
        #[doc = concat!("“", $many, "”")]
        pub fn $name(lang: $crate::Lang, $count: $kind $(, $arg: $other)*) -> String {
            match (lang, $count) {
                ($crate::Lang::Vi, _) => format!($vi),
                ($crate::Lang::En, 1) => format!($one),
                ($crate::Lang::En, _) => format!($many),
            }
        }
    };
}

pub(crate) use sentences;

#[cfg(test)]
mod tests {
    use crate::Lang::{En, Vi};
    use samples::{hello, items, of};

    #[expect(unreachable_pub, reason = "the macro makes public functions")]
    mod samples {
        sentences! {
            hello: "Chào", "Hello";
            items(n: u64): "{n} mục", "{n} item", "{n} items";
            of(part: u64, whole: u64): "{part} trên {whole}", "{part} of {whole}";
        }
    }

    #[test]
    fn english_has_a_singular_and_vietnamese_has_none() {
        assert_eq!((hello(Vi), hello(En)), ("Chào", "Hello"));
        assert_eq!([items(Vi, 1), items(En, 1), items(En, 0)], ["1 mục", "1 item", "0 items"]);
        assert_eq!(of(En, 1, 3), "1 of 3");
    }
}
