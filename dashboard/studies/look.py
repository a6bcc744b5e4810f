"""The look of the Studies page beside its live part, and its words while there is no study: constants, no visitor's."""

SHEET = """<style>
.cw-study{padding:6px 0 0}
.cw-study h1{font-size:21px;line-height:27px;font-weight:600;letter-spacing:-.012em;margin:0;padding:0}
.cw-study p{font-size:13px;line-height:19px;color:var(--cw-ink2);margin:2px 0 0;max-width:92ch;overflow-wrap:anywhere;
unicode-bidi:isolate}
.st-key-study_form [data-testid=stVerticalBlock]{gap:9px}
.st-key-study_form h3{font-size:14.5px;line-height:19px;font-weight:600;padding:8px 0 6px;margin:0}
.st-key-study_side{border-left:1px solid var(--cw-line);padding-left:22px}
[class*=st-key-factor_]{border-bottom:1px solid var(--cw-line);padding-bottom:9px}
.st-key-study_start button{background:var(--cw-accent);border-color:var(--cw-accent);color:light-dark(#FFF,#15161B)}
.st-key-study_start button:hover:enabled{background:color-mix(in srgb,var(--cw-accent) 88%,currentColor);
border-color:var(--cw-accent);color:light-dark(#FFF,#15161B)}
.st-key-study_start button:disabled{background:none;border-color:var(--cw-line);color:var(--cw-ink3)}
.cw-figures{flex-wrap:wrap}
.cw-figures div{min-width:112px}
.cw-strip{font-size:13px;line-height:18px;overflow-wrap:anywhere;unicode-bidi:isolate}
[class*=st-key-strip_]{border:1px solid light-dark(#8B8A84,#7D808C);border-radius:6px;padding:3px 4px 3px 12px;
flex-wrap:nowrap!important}
[class*=st-key-strip_]>:first-child{min-width:0;flex:1 1 0!important}
[class*=st-key-strip_] button{min-height:28px;padding-block:2px}
[data-testid=stSidebar] [class*=st-key-strip_]{padding-left:9px}
.cw-alert{border:1px solid var(--cw-hostile);border-radius:6px;background:light-dark(#FDF1E9,#2D1F18);padding:7px 12px;
margin-bottom:6px}
.st-key-study_take{margin-top:2px}
.st-key-study_out{align-self:flex-end;width:auto!important;margin-bottom:-41px;z-index:2}
.st-key-study_out button{min-height:32px}
@media(max-width:900px){
.st-key-study_form>[data-testid=stLayoutWrapper]>[data-testid=stHorizontalBlock]{flex-wrap:wrap}
.st-key-study_form>[data-testid=stLayoutWrapper]>[data-testid=stHorizontalBlock]>[data-testid=stColumn]{min-width:100%}
.st-key-study_side{border-left:0;padding-left:0}}
</style>"""

NONE = "No study yet. What you start is listed here, for everybody on this server."
