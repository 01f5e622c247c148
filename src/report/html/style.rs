//! The style of the page: its colours, and its layout on a phone, on a desktop and on paper.
//!
//! Everything is in the page itself: no script, no font and no image from elsewhere.

/// The colours on paper and in light mode. A test holds those that carry meaning to WCAG 2.2, level AA.
const LIGHT: &str = "--ground:#ffffff;--panel:#f4f3ef;--text:#1f1d1a;--quiet:#5c5750;\
                     --accent:#0f5c63;--mark:#1b7a83;--rule:#d9d5cc;";

/// The same in dark mode.
const DARK: &str = "--ground:#17181a;--panel:#222427;--text:#ece9e3;--quiet:#b0aba3;\
                    --accent:#7fcfd6;--mark:#4fb3bc;--rule:#3d4044;";

const RULES: &str = "
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--text);
font:1rem/1.55 system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif}
.page{max-width:46rem;margin:0 auto;padding:2.5rem 1.25rem 3rem}
h1,h2,h3{line-height:1.25;overflow-wrap:anywhere}
h1{font-size:2rem;margin:0 0 .25rem}
h2{font-size:1.3rem;margin:2.75rem 0 1rem;padding-bottom:.3rem;border-bottom:2px solid var(--rule)}
h3{font-size:1.05rem;margin:0 0 .4rem}
p,dd,li,td,th,dt,caption{overflow-wrap:anywhere}
p{margin:0 0 .5rem}
ul{margin:0;padding:0;list-style:none}
a{color:var(--accent)}
.span{font-size:1.15rem;margin:0}
.quiet,.note,.fact,footer{color:var(--quiet)}
.fact{display:inline-block}
code{font-family:ui-monospace,monospace;font-size:.92em}
.points,ol{margin:.25rem 0;padding-left:1.25rem}
.points{list-style:disc}
.about{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:1.25rem 0 0}
.about dt,.fields dt{color:var(--accent);font-weight:600}
.about dd{margin:0}
.summary{margin-top:1.25rem;font-size:1.05rem}
.results li{display:grid;grid-template-columns:1fr max-content;gap:0 1rem;padding:.55rem 0;border-top:1px solid var(--rule)}
.results li:first-child{border-top:0;padding-top:0}
.results p{margin:0}
.results .change{grid-column:1/-1}
.results strong{color:var(--accent)}
.when{color:var(--quiet);font-size:.92rem}
.open li{margin-bottom:.25rem}
.glance{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem}
.glance li{background:var(--panel);border-radius:.5rem;padding:.75rem .9rem}
.glance strong{display:block;font-size:1.5rem;line-height:1.2;color:var(--accent)}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:1.5rem;margin-top:1.5rem}
figure{margin:0;max-width:36rem}
figcaption{font-weight:600;margin-bottom:.35rem}
svg{display:block;width:100%;height:auto}
svg text{fill:var(--quiet);font:125px system-ui,sans-serif}
svg .number{fill:var(--text);font-weight:600}
svg .bar{fill:var(--mark)}
svg .hollow{fill:none;stroke:var(--mark);stroke-width:14}
svg .nothing{fill:var(--quiet)}
svg .line{fill:none;stroke:var(--mark);stroke-width:26;stroke-linejoin:round;stroke-linecap:round}
svg .dot{fill:var(--mark)}
svg .rule{stroke:var(--rule);stroke-width:10}
article,.brief li{padding:1rem 0;border-top:1px solid var(--rule)}
h2+article,h2+.brief>li:first-child,.note+article,table+article{border-top:0;padding-top:0}
table+article{margin-top:1.25rem}
.improved{font-weight:600}
.fields{margin:0}
.fields div{margin-bottom:.6rem}
.fields dd{margin:0}
.stages{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;color:var(--quiet);font-size:.92rem}
.facts{color:var(--quiet);font-size:.92rem;margin:0 0 .25rem}
.title{font-weight:600;margin:0 0 .15rem}
blockquote{margin:0;padding-inline-start:.9rem;border-inline-start:3px solid var(--rule)}
.changes{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:.25rem 1.5rem}
figure+.brief{margin-top:1rem}
.lines{padding-inline-start:1.1rem;list-style:disc}
.lines li{padding:.2rem 0}
.lines p{margin:0}
.names{display:flex;flex-wrap:wrap;gap:.4rem .6rem}
.names li{background:var(--panel);border-radius:1rem;padding:.15rem .8rem}
table{width:100%;border-collapse:collapse}
caption{text-align:start;font-weight:600;padding-bottom:.35rem}
th,td{text-align:start;vertical-align:top;padding:.4rem .75rem .4rem 0;border-top:1px solid var(--rule)}
th{font-weight:400;width:38%}
td.count{width:3rem;text-align:end;font-weight:600;color:var(--accent)}
td:last-child{padding-inline-end:0}
footer{margin-top:3rem;font-size:.92rem}
@media (max-width:30rem){
.page{padding:1.5rem 1rem 2rem}
.about{grid-template-columns:1fr}
.about dd{margin-bottom:.4rem}
.results li{grid-template-columns:1fr}
.glance{grid-template-columns:1fr 1fr}
tr{display:grid;grid-template-columns:1fr max-content;border-top:1px solid var(--rule);padding:.4rem 0}
th,td{border:0;padding:0;width:auto}
td:last-child{grid-column:1/-1;color:var(--quiet)}
}
";

const PAPER: &str = "
@page{margin:18mm 16mm}
@media print{
html{font-size:10pt}
body{line-height:1.4;background:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.page{max-width:none;padding:0}
h1,h2,h3,caption,figcaption{break-after:avoid}
h1{font-size:18pt}
h2{margin:1.4rem 0 .6rem}
article,.brief li{padding:.45rem 0}
.fields div{margin-bottom:.3rem}
.glance li{padding:.3rem .5rem}
footer{margin-top:1.2rem}
.first{break-after:page;line-height:1.32}
.first:last-child{break-after:auto}
.first h2{margin:.9rem 0 .4rem;padding-bottom:.15rem}
.behind>section:first-child h2{margin-top:0}
.summary{font-size:1rem;margin-top:.8rem}
.about{margin-top:.6rem}
.results li{padding:.3rem 0}
.first .glance{grid-template-columns:repeat(3,1fr);gap:.2rem .4rem}
.first .glance li{display:flex;flex-direction:row-reverse;justify-content:space-between;padding:.1rem .5rem}
.first .glance strong{display:inline;font-size:11pt}
.first .open li{margin-bottom:0}
article,figure,tr,.results li,.brief li,.changes li,.lines li,.glance li,.fields div,.names li{break-inside:avoid}
thead{display:table-header-group}
p,dd{orphans:3;widows:3}
a{color:inherit}
}
";

/// The style sheet.
pub(super) fn sheet() -> String {
    format!(
        ":root{{color-scheme:light dark;{LIGHT}}}\n\
         @media screen and (prefers-color-scheme:dark){{:root{{{DARK}}}}}{RULES}{}",
        PAPER.trim_start()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The red, green and blue of a variable.
    fn color(scheme: &str, name: &str) -> [u8; 3] {
        let (_, value) = scheme.split_once(&format!("--{name}:#")).expect(name);
        let hex = u32::from_str_radix(&value[..6], 16).expect(name);
        let [_, rgb @ ..] = hex.to_be_bytes();
        rgb
    }

    /// The relative luminance of WCAG 2.2.
    fn luminance([red, green, blue]: [u8; 3]) -> f64 {
        let linear = |value: u8| {
            let value = f64::from(value) / 255.0;
            if value <= 0.04045 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    /// The contrast ratio of WCAG 2.2.
    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn black_on_white_is_twenty_one_to_one() {
        let ratio = contrast([0, 0, 0], [255, 255, 255]);
        assert!((ratio - 21.0).abs() < 1e-9, "{ratio}");
        let ratio = contrast([0x77, 0x77, 0x77], [255, 255, 255]);
        assert!((4.47..4.49).contains(&ratio), "{ratio}");
    }

    #[test]
    fn words_have_the_contrast_of_level_aa_and_charts_that_of_graphics() {
        for scheme in [LIGHT, DARK] {
            for behind in ["ground", "panel"] {
                for (front, least) in [
                    ("text", 4.5),
                    ("quiet", 4.5),
                    ("accent", 4.5),
                    ("mark", 3.0),
                ] {
                    let ratio = contrast(color(scheme, front), color(scheme, behind));
                    assert!(
                        ratio >= least,
                        "{front} on {behind}: {ratio:.2} in {scheme}"
                    );
                }
            }
        }
    }
}
