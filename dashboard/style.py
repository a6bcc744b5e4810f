"""The rules of look that the theme cannot say: one constant style sheet, into which no text of a visitor gets."""

import streamlit as st

_SHEET = """
:root{--cw-hostile:light-dark(#B04A00,#FF9455);--cw-ink2:light-dark(#50525A,#B3B5C0);
--cw-ink3:light-dark(#686A73,#9A9CA8);--cw-line:light-dark(#E3E2DC,#2E3039);--cw-accent:light-dark(#5A48C8,#A99CFF)}
[data-testid=stMainBlockContainer]{padding-inline:20px}
[data-testid="stLayoutWrapper"]:has(> .st-key-ahead){display:none}
[data-testid=stSidebarContent]{padding-inline:0}
[data-testid=stSidebarUserContent]{padding:0 8px 16px}
[data-testid=stSidebarHeader]{padding-inline:8px;height:52px;margin-bottom:0}
[data-testid=stSidebarHeader]>:first-child{display:flex;align-items:center}
[data-testid=stSidebarHeader]>:first-child::after{
content:"Commonweal";font-weight:600;font-size:15px;margin-left:9px}
[data-testid=stSidebar] [data-testid=stVerticalBlock]{gap:9px}
[data-testid=stSidebar] hr{margin:4px 0 18px;border-color:var(--cw-line)}
[data-testid=stSidebar] [data-testid=stPopoverButton]{padding-inline:9px}
[data-testid=stSidebar] [data-testid=stPopoverButton] div[aria-hidden=true]{display:none}
[data-testid=stSidebar] [data-testid=stPopoverButton]>div{justify-content:flex-start}
.st-key-mix_head{min-height:24px}
.st-key-mix_head p,.st-key-mix_share p{font-size:12.25px}
.st-key-mix_head button{min-height:24px;padding:0}
.cw-head{display:flex;justify-content:space-between;align-items:baseline;gap:8px}
.cw-head h2{font-size:13px;line-height:18px;font-weight:600;margin:0;padding:0}
.cw-head span{font-size:12px;color:var(--cw-ink3)}
.cw-bar{display:flex;gap:2px;height:22px;border-radius:4px;overflow:hidden;font-size:12px;font-weight:600}
.cw-bar span{padding:0 6px;line-height:22px;white-space:nowrap}
.cw-wide{height:34px;font-size:13px}
.cw-wide span{padding:0 12px;line-height:34px}
.cw-title{padding:6px 0 2px}
.cw-title h1{font-size:21px;line-height:27px;font-weight:600;letter-spacing:-.012em;margin:0;padding:0}
.st-key-minds_head{min-height:24px;margin-top:-4px}
.st-key-minds_head button{min-height:24px;padding:0}
.cw-minds{font-size:12.25px;color:var(--cw-ink2);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.cw-figures{display:flex;margin:0 0 6px;border-block:1px solid color-mix(in srgb,currentColor 18%,transparent)}
.cw-figures div{flex:1;padding:7px 12px;border-left:1px solid color-mix(in srgb,currentColor 18%,transparent)}
.cw-figures div:first-child{border-left:0;padding-left:0}
.cw-figures b{display:block;font-size:19px;line-height:26px;font-weight:600}
.cw-figures small{font-size:12px;opacity:.78}
.cw-facts{border-collapse:collapse;width:100%;font-size:13px;line-height:19px}
.cw-facts th,.cw-facts td{text-align:left;vertical-align:top;font-weight:400;padding:5px 12px 5px 0;
border-bottom:1px solid var(--cw-line)}
.cw-facts th{color:var(--cw-ink2);white-space:nowrap}
.cw-said{font-size:13px;line-height:19px;margin:0}
.cw-seen{font-size:12.5px;line-height:17px;white-space:pre-wrap;overflow-wrap:anywhere;max-height:230px;overflow:auto;
padding:8px 10px;border:1px solid var(--cw-line);border-radius:6px;background:light-dark(#FFF,#15161B)}
.cw-told{font-size:12.5px;line-height:18px;padding:7px 11px;border:1px solid var(--cw-line);border-radius:6px}
.cw-told[data-fine=false]{border-color:var(--cw-hostile);color:var(--cw-hostile)}
.cw-wrong{font-size:12px;line-height:16px;color:var(--cw-hostile);margin-top:-4px}
.cw-needed{color:var(--cw-ink3)}
[data-testid=stBaseButton-primary]:enabled{color:light-dark(#FFF,#15161B)}
[data-testid=stMultiSelect] [data-tag]{background:light-dark(#EEEBFB,#2A2745);color:var(--cw-accent)}
[data-testid=stColumn]:has(.st-key-contents){position:sticky;top:64px;align-self:flex-start}
.st-key-contents li{margin:0 0 4px;list-style:none}
.st-key-contents ul{padding:0;margin:0}
.st-key-contents li,.st-key-contents p{font-size:13px;line-height:18px}
.st-key-contents a{color:var(--cw-ink2)!important;text-decoration:none}
.st-key-contents a:hover,.st-key-contents a:focus-visible{color:var(--cw-accent)!important;text-decoration:underline}
.st-key-method{max-width:880px}
.st-key-method td,.st-key-method th{font-size:12.5px;line-height:17px;padding:5px 9px;vertical-align:top}
.st-key-method [data-testid=stExpander] summary{padding-block:4px}
.cw-whole{min-height:34px;line-height:34px;margin:0}
[data-stale=true]{opacity:1!important;transition:none!important}
[data-testid=stTopNavLink]:focus-visible{outline:2px solid var(--cw-accent);outline-offset:1px}
.cw-skip{position:absolute;left:-9999px}
.cw-skip:focus{position:static;font-size:13px;color:var(--cw-accent)}
"""
_PRESENTING = """
[data-testid=stSidebar],[data-testid=stSidebarCollapsedControl],[data-testid=stExpandSidebarButton],
[data-testid=stHeader]{display:none!important}
[data-testid=stMainBlockContainer]{padding-top:8px}
"""


def apply(*, presenting: bool = False) -> None:
    """Put the sheet on the page; without sidebar and header while presenting."""
    st.html(f"<style>{_SHEET}{_PRESENTING if presenting else ''}</style>")
