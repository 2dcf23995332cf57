//! Pages on paper.

use crate::browser::Browser;
use crate::page::Page;
use crate::page::View;
use crate::site::MIXED;
use crate::site::SEASON;
use crate::site::assert_none;

/// An A4 sheet less its margins, in CSS pixels.
const SHEET: View = View::light(718, 1000).print();
/// Most sheets of a block.
const BLOCK_SHEETS: usize = 5;
/// Most sheets of a run.
const RUN_SHEETS: usize = 3;
/// Charts, tables and text that the right edge of the sheet cuts off.
const CUT_OFF: &str = "[...document.body.querySelectorAll('svg, table, p, dd, h1, h2, h3, li')]
    .filter(part => part.checkVisibility() && !part.closest('.hidden'))
    .filter(part => part.getBoundingClientRect().right > innerWidth + 0.5)
    .map(part => `${part.localName} ${part.textContent.trim().slice(0, 60)}`)";
/// The pictures for a phone, which have no place on paper.
const FOR_A_PHONE: &str =
    "[...document.querySelectorAll('.narrow')].filter(part => part.checkVisibility()).length";
/// Charts that are seen.
const CHARTS: &str =
    "[...document.querySelectorAll('svg')].filter(part => part.checkVisibility()).length";

/// Returns how many sheets a PDF document has.
fn sheets(pdf: &[u8]) -> usize {
    assert!(pdf.starts_with(b"%PDF-"), "no PDF document");
    let text = String::from_utf8_lossy(pdf);
    let kinds = text.split("/Type /Page").skip(1);
    kinds.filter(|rest| !rest.starts_with('s')).count()
}

#[test]
fn pages_print_whole_and_on_few_sheets() {
    let Some(browser) = Browser::for_test("print") else {
        return;
    };
    let mut complaints = Vec::new();
    let files = [
        SEASON.index(),
        MIXED.run_from("kilometres.fit"),
        MIXED.run_from("strength.fit"),
    ];
    for view in [SHEET, SHEET.dark()] {
        for file in &files {
            let mut page = Page::open(browser, file, view);
            let parts = page.strings(CUT_OFF);
            complaints.extend(
                parts
                    .iter()
                    .map(|part| format!("{}: {part}", file.display())),
            );
            let charts = page.evaluate(CHARTS).as_u64().unwrap();
            assert!(
                charts > 0 || file.ends_with("strength.fit"),
                "{}",
                file.display()
            );
            assert_eq!(page.evaluate(FOR_A_PHONE), 0, "{}", file.display());
            let sheets = sheets(&page.pdf());
            let most = if *file == SEASON.index() {
                BLOCK_SHEETS
            } else {
                RUN_SHEETS
            };
            if sheets == 0 || sheets > most {
                complaints.push(format!("{}: {sheets} sheets", file.display()));
            }
        }
    }
    assert_none(&complaints);
}
