"""Scales, currencies and units as Korean and English reports print them, and their patterns."""

from __future__ import annotations

import re

SCALES: dict[str, int] = {
    **{"조": 10**12, "억": 10**8, "만": 10**4, "천": 10**3, "백": 100, "십": 10},
    **{"십억": 10**9, "백억": 10**10, "천억": 10**11, "십조": 10**13, "백조": 10**14},
    **{"십만": 10**5, "백만": 10**6, "천만": 10**7},
    **{"k": 10**3, "thousand": 10**3, "m": 10**6, "mn": 10**6, "million": 10**6},
    **{"b": 10**9, "bn": 10**9, "billion": 10**9, "t": 10**12, "tn": 10**12, "trillion": 10**12},
}
PREFIX_CURRENCIES: dict[str, str] = {
    **{"us$": "USD", "nt$": "TWD", "hk$": "HKD", "c$": "CAD", "a$": "AUD", "s$": "SGD"},
    **{"$": "USD", "\\$": "USD", "＄": "USD", "¥": "JPY", "€": "EUR", "£": "GBP"},
    **{"₩": "KRW", "￦": "KRW", "rmb": "CNY", "cny": "CNY", "usd": "USD"},
}
CURRENCIES: dict[str, str] = {
    **{"대만달러": "TWD", "대만 달러": "TWD", "홍콩달러": "HKD", "홍콩 달러": "HKD"},
    **{"캐나다달러": "CAD", "캐나다 달러": "CAD", "호주달러": "AUD", "호주 달러": "AUD"},
    **{"싱가포르달러": "SGD", "싱가포르 달러": "SGD", "미국달러": "USD", "미국 달러": "USD"},
    **{"미달러": "USD", "달러": "USD", "弗": "USD", "불": "USD", "위안화": "CNY", "위안": "CNY"},
    **{"유로": "EUR", "파운드": "GBP", "루피": "INR", "엔": "JPY", "원": "KRW"},
    **{"즈워티": "PLN", "스위스프랑": "CHF", "링깃": "MYR", "바트": "THB", "루피아": "IDR"},
    **{"헤알": "BRL", "셰켈": "ILS", "디르함": "AED", "루블": "RUB", "크로나": "SEK"},
    **{"크로네": "NOK", "포린트": "HUF", "코루나": "CZK"},
    **{"usd": "USD", "krw": "KRW", "cny": "CNY", "rmb": "CNY", "jpy": "JPY", "eur": "EUR"},
    **{"gbp": "GBP", "twd": "TWD", "hkd": "HKD", "dollars": "USD", "$": "USD"},
}
UNIT_NAMES: dict[str, str] = {
    **{
        "％": "%",
        "퍼센트": "%",
        "percent": "%",
        "%포인트": "%p",
        "%pt": "%p",
        "pp": "%p",
        "퍼센트포인트": "%p",
    },
    **{"bps": "bp", "나노미터": "nm", "나노": "nm", "㎚": "nm", "㎡": "m²", "와트": "W"},
    **{
        "엑사플롭스": "EFLOPS",
        "페타플롭스": "PFLOPS",
        "테라플롭스": "TFLOPS",
        "기가플롭스": "GFLOPS",
        "킬로와트": "kW",
        "메가와트": "MW",
        "기가와트": "GW",
        "기가바이트": "GB",
        "테라바이트": "TB",
    },
    **{
        "매개변수": "파라미터",
        "x": "배",
        "gpu 시간": "GPU-시간",
        "tokens": "토큰",
        "token": "토큰",
        **dict.fromkeys(("tok/s", "token/s", "tokens/s", "토큰/초", "토큰/s"), "토큰/초"),
        **{
            "개월분": "개월",
            "개월치": "개월",
            "주분": "주",
            "주치": "주",
            "일분": "일",
            "일치": "일",
        },
        "스타": "별",
        "stars": "별",
    },
}
_SYMBOL_UNITS = r"%\s?포인트|%pt|%p|pp(?![A-Za-z])|%|％"
_LATIN_UNITS = (
    "bps bp GB/s TB/s MB/s GB/초 TB/초 Gbps Tbps Mbps GB TB MB PB EB KB Gb kWh MWh GWh TWh Wh "
    "PF EF "
    "TFLOP/s PFLOP/s TFLOPS PFLOPS EFLOPS GFLOPS TOPS FLOPS kW MW GW TW W GHz MHz nm ㎚ ㎡ μm um "
    "㎟ mm² ms ㎳ Gbit/s Mbit/s Tbit/s GT/s Tb/s mm cm km kg fps percent tokens token stars wpm "
    "Wh/kg Wh/L Wh/l tok/s token/s tokens/s"
)
_KOREAN_UNITS = (
    "퍼센트포인트 퍼센트 GPU-시간 GPU시간 나노미터 나노 기가와트 메가와트 킬로와트 와트 "
    "엑사플롭스 페타플롭스 테라플롭스 기가플롭스 "
    "기가바이트 테라바이트 파라미터 매개변수 토큰 큐비트 개월 개국 개사 개소 개월간 시간 인치 "
    "자유도 가구 페이지 단계 사람 종류 가지 차례 에이커 평 톤 대 개 명 곳 장 건 종 년 주 "
    "마이크로초 나노초 밀리초 리터 개월분 개월치 주분 주치 일분 일치 토큰/초 토큰/s "
    "일 분 초 점 매 회 번 위 단 층 세 편 권 척 기 배 인 쪽 별 스타 미터 제곱미터 킬로미터 "
)
ENDINGS = (
    "이상|이하|이내|초과|미만|안팎|내외|정도|수준|가량|규모|까지|부터|에서|으로|에게|라고|라는|이라|"
    "이었|이며|이고|이다|였|보다|마다|처럼|밖에|동안|만에|이나|라며|의|를|을|이|가|은|는|와|"
    "과|로|에|도|만|씩|당|간|인|다|며|고|나|째로|임|대의|짜리|중|급|달|분량|어치|밑|선|쯤|여|한|당시|상당|"
    "단위|전|후|뿐|예요|이에요|입니다|이죠|죠|지만|네요|랍니다|거든|인데"
)


def _alternatives(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


UNIT = (
    rf"(?:{_SYMBOL_UNITS}|(?:{_alternatives(_LATIN_UNITS.split())})(?![A-Za-z]|/[A-Za-z])"
    r"|[xX](?![A-Za-z\d])|GPU\s?시간(?=[^가-힣]|$|이|을|를|의|은|으로|동안|가량)"
    r"|개\s분기(?=[^가-힣]|$)"
    rf"|(?:{_alternatives(_KOREAN_UNITS.split())})(?=[^가-힣]|$|{ENDINGS}))"
)
_WORD_CURRENCIES = _alternatives([c for c in CURRENCIES if not c.isascii()])
MONEY = (
    rf"(?:(?:{_WORD_CURRENCIES})(?=[^가-힣]|$|{ENDINGS}|대)"
    r"|(?:USD|KRW|CNY|RMB|JPY|EUR|GBP|TWD|HKD|dollars)(?![A-Za-z])|(?<=[조억만])\$(?!\s?\d))"
)
SIGN_MONEY = rf"(?:{_alternatives(list(PREFIX_CURRENCIES))})"
