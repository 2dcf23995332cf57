//! The plain values of a type: what stands in for the body of a function.

use syn::GenericArgument;
use syn::PathArguments;
use syn::PathSegment;
use syn::ReturnType;
use syn::Type;
use syn::spanned::Spanned;

/// At most so many values stand in for one function.
const MOST_VALUES: usize = 6;

/// Returns the values that stand in for a body; the empty text for a function that returns nothing.
pub(crate) fn values(output: &ReturnType, text: &str) -> Vec<String> {
    let mut values = match output {
        ReturnType::Default => vec![String::new()],
        ReturnType::Type(_, kind) => of_type(kind, text),
    };
    values.truncate(MOST_VALUES);
    values
}

fn of_type(kind: &Type, text: &str) -> Vec<String> {
    match kind {
        Type::Path(path) => match path.path.segments.last() {
            Some(segment) => of_path(segment, text),
            None => Vec::new(),
        },
        Type::Reference(reference) => match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => texts(&["\"\"", "\"xyzzy\""]),
            Type::Slice(slice) => {
                let one = of_type(&slice.elem, text);
                let full = one.iter().map(|value| format!("Vec::leak(vec![{value}])"));
                [String::from("Vec::leak(Vec::new())")]
                    .into_iter()
                    .chain(full)
                    .collect()
            }
            other => wrapped("Box::leak(Box::new(", &of_type(other, text), "))"),
        },
        Type::Tuple(tuple) if tuple.elems.is_empty() => vec![String::new()],
        Type::Tuple(tuple) => {
            let parts = tuple.elems.iter().map(|part| of_type(part, text));
            let product = parts.fold(vec![String::new()], |before, part| {
                let pairs = before
                    .iter()
                    .flat_map(|start| part.iter().map(move |value| format!("{start}{value}, ")));
                pairs.collect()
            });
            wrapped("(", &product, ")")
        }
        Type::Array(array) => {
            let length = &text[array.len.span().byte_range()];
            wrapped("[", &of_type(&array.elem, text), &format!("; {length}]"))
        }
        Type::Paren(paren) => of_type(&paren.elem, text),
        // No second value has the type that one `impl Trait` stands for.
        _ => Vec::new(),
    }
}

fn of_path(segment: &PathSegment, text: &str) -> Vec<String> {
    let name = segment.ident.to_string();
    let inner = || inner(segment).map_or_else(Vec::new, |kind| of_type(kind, text));
    match &*name {
        "bool" => texts(&["true", "false"]),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => texts(&["0", "1"]),
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => texts(&["0", "1", "-1"]),
        "f32" | "f64" => texts(&["0.0", "1.0", "-1.0"]),
        "String" => texts(&["String::new()", "String::from(\"xyzzy\")"]),
        "Vec" => [
            vec![String::from("Vec::new()")],
            wrapped("vec![", &inner(), "]"),
        ]
        .concat(),
        "Option" => [vec![String::from("None")], wrapped("Some(", &inner(), ")")].concat(),
        "Result" => wrapped("Ok(", &inner(), ")"),
        "Box" | "Rc" | "Arc" => wrapped(&format!("{name}::new("), &inner(), ")"),
        _ => texts(&["Default::default()"]),
    }
}

/// Returns the first type between the angle brackets.
fn inner(segment: &PathSegment) -> Option<&Type> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
        return None;
    };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(kind) => Some(kind),
        _ => None,
    })
}

fn texts(values: &[&str]) -> Vec<String> {
    values.iter().copied().map(String::from).collect()
}

/// Nothing is written `()` where it is part of a value.
fn wrapped(before: &str, values: &[String], after: &str) -> Vec<String> {
    let value = |value: &String| match &**value {
        "" if before != "(" => format!("{before}(){after}"),
        value => format!("{before}{value}{after}"),
    };
    values.iter().map(value).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(output: &str) -> Vec<String> {
        let text = format!("fn f() {output} {{}}");
        let function: syn::ItemFn = syn::parse_str(&text).expect("a function");
        values(&function.sig.output, &text)
    }

    #[test]
    fn each_type_has_its_plain_values() {
        assert_eq!(of(""), [""]);
        assert_eq!(of("-> bool"), ["true", "false"]);
        assert_eq!(of("-> std::result::Result<(), E>"), ["Ok(())"]);
        assert_eq!(
            of("-> Option<&str>"),
            ["None", "Some(\"\")", "Some(\"xyzzy\")"]
        );
        assert_eq!(
            of("-> Vec<Segment>"),
            ["Vec::new()", "vec![Default::default()]"]
        );
        assert_eq!(of("-> [u8; 2 * N]"), ["[0; 2 * N]", "[1; 2 * N]"]);
        assert_eq!(
            of("-> (bool, Kind)"),
            [
                "(true, Default::default(), )",
                "(false, Default::default(), )"
            ]
        );
        assert_eq!(
            of("-> &[T]"),
            [
                "Vec::leak(Vec::new())",
                "Vec::leak(vec![Default::default()])"
            ]
        );
        assert!(of("-> impl Iterator<Item = u8>").is_empty());
        assert!(of("-> !").is_empty());
    }
}
