//! Finds what can be changed in a source: the kinds of change that `cargo mutants` makes.

use std::ops::Range;

use proc_macro2::Span;
use syn::Attribute;
use syn::BinOp;
use syn::Block;
use syn::Expr;
use syn::Meta;
use syn::Pat;
use syn::Signature;
use syn::UnOp;
use syn::spanned::Spanned;
use syn::visit;
use syn::visit::Visit;

use crate::values::values;

/// A change of a source that a test should see.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mutant {
    /// The source, below the project's folder.
    pub(crate) file: String,
    pub(crate) line: usize,
    /// The function it is in, with its type.
    pub(crate) function: String,
    /// What is replaced, in bytes; empty where something is inserted.
    pub(crate) place: Range<usize>,
    pub(crate) change: Change,
    /// What is changed, in one line.
    pub(crate) words: String,
}

/// How a mutant is written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Change {
    /// Another expression instead.
    Instead(String),
    /// At the start of a body: it returns this.
    Return(String),
    /// After the pattern of an arm: it never holds.
    Never,
}

/// Returns all mutants of a source in the order of their places.
///
/// # Errors
/// When the text is no Rust.
pub(crate) fn find(file: &str, text: &str) -> syn::Result<Vec<Mutant>> {
    let parsed = syn::parse_file(text)?;
    let mut finder = Finder {
        file,
        text,
        names: Vec::new(),
        mutants: Vec::new(),
    };
    finder.visit_file(&parsed);
    Ok(finder.mutants)
}

/// Returns the modules that a source declares, without those of tests.
///
/// # Errors
/// When the text is no Rust.
pub(crate) fn modules(text: &str) -> syn::Result<Vec<String>> {
    let items = syn::parse_file(text)?.items;
    let declared = items.into_iter().filter_map(|item| match item {
        syn::Item::Mod(module) if module.content.is_none() && !is_test(&module.attrs) => {
            Some(module.ident.to_string())
        }
        _ => None,
    });
    Ok(declared.collect())
}

/// Tells what is there in tests alone, or not at all in this build.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        Meta::Path(path) => path.is_ident("test"),
        Meta::List(list) => list.path.is_ident("cfg") && list.tokens.to_string() == "test",
        Meta::NameValue(_) => false,
    })
}

struct Finder<'a> {
    file: &'a str,
    text: &'a str,
    /// The functions and types around.
    names: Vec<String>,
    mutants: Vec<Mutant>,
}

impl Finder<'_> {
    fn add(&mut self, span: Span, place: Range<usize>, change: Change, words: String) {
        self.mutants.push(Mutant {
            file: self.file.to_owned(),
            line: span.start().line,
            function: self.names.join("::"),
            place,
            change,
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
        });
    }

    fn replace(&mut self, node: &impl Spanned, with: String) {
        let (span, place) = (node.span(), node.span().byte_range());
        let words = format!("{} → {with}", &self.text[place.clone()]);
        self.add(span, place, Change::Instead(with), words);
    }

    fn source(&self, node: &impl Spanned) -> &str {
        &self.text[node.span().byte_range()]
    }

    fn function(&mut self, attributes: &[Attribute], signature: &Signature, block: &Block) {
        if is_test(attributes) || signature.constness.is_some() {
            return;
        }
        self.names.push(signature.ident.to_string());
        let body = self.source(block);
        let inside = body.trim_matches(['{', '}']).trim().to_owned();
        let start = block.span().byte_range().start + 1;
        for value in values(&signature.output, self.text) {
            if value != inside {
                let words = format!(
                    "the body → {}",
                    if value.is_empty() { "()" } else { &value }
                );
                let change = Change::Return(value);
                self.add(signature.ident.span(), start..start, change, words);
            }
        }
        visit::visit_block(self, block);
        self.names.pop();
    }
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item_fn(&mut self, node: &'ast syn::ItemFn) {
        self.function(&node.attrs, &node.sig, &node.block);
    }

    fn visit_impl_item_fn(&mut self, node: &'ast syn::ImplItemFn) {
        self.function(&node.attrs, &node.sig, &node.block);
    }

    fn visit_trait_item_fn(&mut self, node: &'ast syn::TraitItemFn) {
        if let Some(block) = &node.default {
            self.function(&node.attrs, &node.sig, block);
        }
    }

    fn visit_item_impl(&mut self, node: &'ast syn::ItemImpl) {
        let of_trait = node
            .trait_
            .as_ref()
            .and_then(|(path, _)| path.segments.last());
        // A plain value of a type with a default is its default.
        let is_left_out = of_trait.is_some_and(|name| {
            ["Debug", "Default", "Display"]
                .iter()
                .any(|left_out| name.ident == left_out)
        });
        if is_test(&node.attrs) || is_left_out {
            return;
        }
        self.names.push(self.source(&node.self_ty).to_owned());
        visit::visit_item_impl(self, node);
        self.names.pop();
    }

    fn visit_item_mod(&mut self, node: &'ast syn::ItemMod) {
        if !is_test(&node.attrs) {
            visit::visit_item_mod(self, node);
        }
    }

    fn visit_expr_match(&mut self, node: &'ast syn::ExprMatch) {
        let has_rest = node.arms.iter().any(|arm| matches!(arm.pat, Pat::Wild(_)));
        self.visit_expr(&node.expr);
        for arm in &node.arms {
            match &arm.pat {
                Pat::Guard(guarded) => {
                    if !has_let(&guarded.guard) {
                        self.replace(&guarded.guard, String::from("true"));
                        // As if there were no such arm.
                        self.replace(&guarded.guard, String::from("false"));
                    }
                    self.visit_expr(&guarded.guard);
                }
                Pat::Wild(_) => {}
                pattern if has_rest => {
                    let end = pattern.span().byte_range().end;
                    let words = format!("the arm {} → none", self.source(pattern));
                    self.add(pattern.span(), end..end, Change::Never, words);
                }
                _ => {}
            }
            self.visit_expr(&arm.body);
        }
    }

    fn visit_expr_binary(&mut self, node: &'ast syn::ExprBinary) {
        if !has_let(&node.left) && !has_let(&node.right) {
            let (left, right) = (
                self.source(&node.left).to_owned(),
                self.source(&node.right).to_owned(),
            );
            for operator in instead(&node.op) {
                let words = format!("{} → {operator}", self.source(node));
                let change = Change::Instead(format!("({left}) {operator} ({right})"));
                self.add(node.op.span(), node.span().byte_range(), change, words);
            }
        }
        visit::visit_expr_binary(self, node);
    }

    fn visit_expr_unary(&mut self, node: &'ast syn::ExprUnary) {
        if matches!(node.op, UnOp::Not(_) | UnOp::Neg(_)) {
            let operand = self.source(&node.expr).to_owned();
            self.replace(node, operand);
        }
        visit::visit_expr_unary(self, node);
    }

    fn visit_expr_repeat(&mut self, node: &'ast syn::ExprRepeat) {
        self.visit_expr(&node.expr);
    }

    // What is known when the program is built takes no switch.
    fn visit_item_const(&mut self, _: &'ast syn::ItemConst) {}

    fn visit_item_static(&mut self, _: &'ast syn::ItemStatic) {}

    fn visit_impl_item_const(&mut self, _: &'ast syn::ImplItemConst) {}

    fn visit_trait_item_const(&mut self, _: &'ast syn::TraitItemConst) {}

    fn visit_item_enum(&mut self, _: &'ast syn::ItemEnum) {}

    fn visit_expr_const(&mut self, _: &'ast syn::ExprConst) {}

    fn visit_type(&mut self, _: &'ast syn::Type) {}

    fn visit_generic_argument(&mut self, _: &'ast syn::GenericArgument) {}

    fn visit_pat(&mut self, _: &'ast Pat) {}

    fn visit_attribute(&mut self, _: &'ast Attribute) {}
}

/// Tells a chain with `let`, which holds in the condition of `if` and `while` alone.
fn has_let(expression: &Expr) -> bool {
    match expression {
        Expr::Let(_) => true,
        Expr::Binary(binary) => has_let(&binary.left) || has_let(&binary.right),
        _ => false,
    }
}

/// Returns what stands in for an operator.
fn instead(operator: &BinOp) -> &'static [&'static str] {
    match operator {
        BinOp::Add(_) => &["-", "*"],
        BinOp::Sub(_) => &["+", "/"],
        BinOp::Mul(_) => &["+", "/"],
        BinOp::Div(_) => &["%", "*"],
        BinOp::Rem(_) => &["/", "+"],
        BinOp::And(_) => &["||"],
        BinOp::Or(_) => &["&&"],
        BinOp::BitXor(_) => &["|", "&"],
        BinOp::BitAnd(_) => &["|", "^"],
        BinOp::BitOr(_) => &["&", "^"],
        BinOp::Shl(_) => &[">>"],
        BinOp::Shr(_) => &["<<"],
        BinOp::Eq(_) => &["!="],
        BinOp::Ne(_) => &["=="],
        BinOp::Lt(_) => &["==", ">", "<="],
        BinOp::Gt(_) => &["==", "<", ">="],
        BinOp::Le(_) => &[">"],
        BinOp::Ge(_) => &["<"],
        BinOp::AddAssign(_) => &["-=", "*="],
        BinOp::SubAssign(_) => &["+=", "/="],
        BinOp::MulAssign(_) => &["+=", "/="],
        BinOp::DivAssign(_) => &["%=", "*="],
        BinOp::RemAssign(_) => &["/=", "+="],
        _ => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        let found = find("a.rs", text).expect("Rust");
        found.into_iter().map(|mutant| mutant.words).collect()
    }

    #[test]
    fn operators_guards_and_arms_are_found() {
        let text = "fn f(a: K) { match g(a) { X => 1, Y if !a => 2, _ => 3 + 4 }; b += 1; }";
        assert_eq!(
            words(text),
            [
                "the body → ()",
                "the arm X → none",
                "!a → true",
                "!a → false",
                "!a → a",
                "3 + 4 → -",
                "3 + 4 → *",
                "b += 1 → -=",
                "b += 1 → *=",
            ]
        );
    }

    #[test]
    fn without_a_rest_no_arm_can_go() {
        assert_eq!(
            words("fn f() -> impl Z { match a { X => 1, Y => 2 } }"),
            [""; 0]
        );
    }

    #[test]
    fn what_tests_show_and_constants_hold_is_left_alone() {
        let text =
            "const A: u8 = 1 + 2; const fn f() -> u8 { 1 + 2 } static B: [u8; 1 + 1] = [0; 1 + 1];
            impl std::fmt::Display for A { fn fmt(&self) -> R { 1 + 2 } }
            #[cfg(test)] mod tests { fn g() -> u8 { 1 + 2 } } #[test] fn h() { 1 + 2; }";
        assert_eq!(words(text), [""; 0]);
    }

    #[test]
    fn a_chain_with_let_keeps_its_and() {
        let found = words("fn f() -> impl Z { if let Some(a) = b && a < 1 {} }");
        assert_eq!(found, ["a < 1 → ==", "a < 1 → >", "a < 1 → <="]);
    }

    #[test]
    fn a_body_that_is_the_value_already_is_no_mutant() {
        assert_eq!(
            words("fn f() -> Option<()> { None }"),
            ["the body → Some(())"]
        );
    }

    #[test]
    fn modules_of_tests_are_not_followed() {
        let text = "mod a; pub(crate) mod b; #[cfg(test)] mod tests; mod here {}";
        assert_eq!(modules(text).expect("Rust"), ["a", "b"]);
    }
}
