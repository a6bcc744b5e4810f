"""The rules of look that the theme cannot say, as one constant style sheet. Nothing a visitor wrote ever gets in here."""

import streamlit as st

_SHEET = """
:root{--cw-hostile:light-dark(#B04A00,#FF9455);--cw-ink2:light-dark(#50525A,#B3B5C0);--cw-ink3:light-dark(#686A73,#9A9CA8);
--cw-line:light-dark(#E3E2DC,#2E3039);--cw-accent:light-dark(#5A48C8,#A99CFF);--cw-soft:light-dark(#EEEBFB,#2A2745)}
[data-testid=stMainBlockContainer]{padding-inline:20px}
[data-testid=stSidebarContent]{padding-inline:0}
[data-testid=stSidebarUserContent]{padding-inline:18px;padding-bottom:18px}
[data-testid=stSidebarHeader]{padding-inline:18px;height:52px;margin-bottom:0}
[data-testid=stSidebar] [data-testid=stVerticalBlock]{gap:9px}
.cw-head{display:flex;justify-content:space-between;align-items:baseline;gap:8px}
.cw-head h2{font-size:13px;line-height:18px;font-weight:600;margin:0;padding:0}
.cw-head span{font-size:12px;color:var(--cw-ink3)}
.cw-bar{display:flex;gap:2px;height:22px;border-radius:4px;overflow:hidden;font-size:12px;font-weight:600;line-height:22px}
.cw-bar span{padding:0 7px;white-space:nowrap;overflow:hidden;text-overflow:ellipsis;min-width:0}
.cw-wide{height:34px;line-height:34px;font-size:13px}.cw-wide span{padding:0 12px}
.cw-title{padding:6px 0 2px}.cw-title h1{font-size:21px;line-height:27px;font-weight:600;letter-spacing:-.012em;margin:0;padding:0}
.cw-wrong{font-size:12px;line-height:16px;color:var(--cw-hostile);margin-top:-4px}
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
