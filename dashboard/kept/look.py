"""The look of the Runs page beside its list, and what it shows while there is no run: constants, no visitor's text."""

_PATHS = {  # of a sketch: a community, its future, and another future from the same day
    "before": "<path d='M0 70H320' opacity='.45'/><path d='M96 8V78' stroke-dasharray='2 3' opacity='.7'/>"
    "<path d='M0 44C40 44 58 36 96 34C140 32 176 18 300 14' stroke-width='2'/>"
    "<circle cx='300' cy='14' r='3' fill='%23000'/>",
    "after": "<path d='M96 34C132 33 150 58 232 68' stroke-width='2' stroke-dasharray='5 4'/>"
    "<g fill='%23000'><circle cx='232' cy='68' r='3'/><circle cx='96' cy='34' r='3'/></g>",
}


def _sketch(part: str, ink: str) -> str:
    """CSS of one colour of the sketch. As a mask, because the page takes no drawings in its texts."""
    head = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 320 84' fill='none' stroke='%23000'>"
    drawing = f"{head}{_PATHS[part]}</svg>".replace("<", "%3C").replace(">", "%3E")
    return (
        f'.cw-empty::{part}{{content:"";position:absolute;left:0;top:48px;width:320px;height:84px;background:var({ink});'
        f'-webkit-mask:url("data:image/svg+xml,{drawing}");mask:url("data:image/svg+xml,{drawing}")}}'
    )


SHEET = f"""<style>
{_sketch("before", "--cw-ink3")}
{_sketch("after", "--cw-accent")}
:root{{--cw-side:light-dark(#F6F6F3,#1A1C22);--cw-line2:light-dark(#8B8A84,#7D808C);
--cw-soft:light-dark(#FDF1E9,#2D1F18)}}
.st-key-runs_head .cw-title{{justify-content:flex-start;gap:14px;padding:2px 0}}
[class*=st-key-strip_]{{border:1px solid var(--cw-line2);border-radius:6px;background:var(--cw-side);
padding:3px 4px 3px 12px}}
[class*=st-key-strip_]{{flex-wrap:nowrap!important}}
[class*=st-key-strip_]>:first-child{{min-width:0;flex:1 1 0!important}}
[class*=st-key-strip_] button{{min-height:28px;padding-block:2px}}
.cw-strip{{font-size:13px;line-height:18px;overflow-wrap:anywhere;unicode-bidi:isolate}}
.cw-alert{{border:1px solid var(--cw-hostile);border-radius:6px;background:var(--cw-soft);padding:7px 12px}}
.st-key-run_pane{{border-left:1px solid var(--cw-line);padding-left:20px}}
.cw-run h2{{font-size:14.5px;line-height:19px;font-weight:600;margin:0 0 3px;padding:0;overflow-wrap:anywhere;
unicode-bidi:isolate}}
.cw-run p{{font-size:12px;line-height:17px;color:var(--cw-ink3);margin:0;overflow-wrap:anywhere}}
.cw-none{{font-size:13px;color:var(--cw-ink3)}}
.cw-empty{{position:relative;max-width:600px;padding:156px 0 10px}}
.cw-empty h2{{font-size:21px;line-height:27px;font-weight:600;letter-spacing:-.012em;margin:0 0 8px;padding:0}}
.cw-empty p{{font-size:13px;line-height:19px;color:var(--cw-ink2);margin:0 0 6px}}
@media(min-width:901px){{
.st-key-runs [data-testid=stColumn]:has(.shelf){{position:sticky;top:60px;align-self:flex-start}}}}
@media(max-width:900px){{.st-key-runs>[data-testid=stLayoutWrapper]>[data-testid=stHorizontalBlock]{{flex-wrap:wrap}}
.st-key-runs>[data-testid=stLayoutWrapper]>[data-testid=stHorizontalBlock]>[data-testid=stColumn]{{min-width:100%}}
.st-key-run_pane{{border-left:0;padding-left:0;border-top:1px solid var(--cw-line);padding-top:14px}}}}
</style>"""

EMPTY = """<section class="cw-empty"><h2>No run is kept yet</h2>
<p>Every run that is played on the Community page is kept here by itself, day by day. It can be opened on any day, gone
on with, branched, compared and given to others as one file.</p></section>"""
