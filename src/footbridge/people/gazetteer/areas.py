"""States, provinces and postcode areas: facts kept in small tables of our own.

The region codes are those of GeoNames' first administrative level; postcode areas and ZIP ranges
are the public facts of the postal services.
"""

from __future__ import annotations

import re
from functools import lru_cache

from footbridge.people.gazetteer.keys import key

Region = tuple[str, str]

# Country: GeoNames code, what people write, and the name to show.
_REGIONS = {
    "US": """
        AL Alabama|AK Alaska|AZ Arizona|AR Arkansas|CA California|CO Colorado|CT Connecticut
        |DE Delaware|DC District of Columbia|FL Florida|GA Georgia|HI Hawaii|ID Idaho|IL Illinois
        |IN Indiana|IA Iowa|KS Kansas|KY Kentucky|LA Louisiana|ME Maine|MD Maryland
        |MA Massachusetts|MI Michigan|MN Minnesota|MS Mississippi|MO Missouri|MT Montana
        |NE Nebraska|NV Nevada|NH New Hampshire|NJ New Jersey|NM New Mexico|NY New York
        |NC North Carolina|ND North Dakota|OH Ohio|OK Oklahoma|OR Oregon|PA Pennsylvania
        |RI Rhode Island|SC South Carolina|SD South Dakota|TN Tennessee|TX Texas|UT Utah
    |VT Vermont
        |VA Virginia|WA Washington|WV West Virginia|WI Wisconsin|WY Wyoming""",
    "CA": """
        01 AB Alberta|02 BC British Columbia|03 MB Manitoba|04 NB New Brunswick
        |05 NL Newfoundland and Labrador|07 NS Nova Scotia|08 ON Ontario
        |09 PE Prince Edward Island|10 QC Quebec|11 SK Saskatchewan|12 YT Yukon
        |13 NT Northwest Territories|14 NU Nunavut""",
    "GB": "ENG England|SCT Scotland|WLS Wales|NIR Northern Ireland",
    "AU": """
        01 ACT Australian Capital Territory|02 NSW New South Wales|03 NT Northern Territory
        |04 QLD Queensland|05 SA South Australia|06 TAS Tasmania|07 VIC Victoria
        |08 WA Western Australia""",
    "BR": """
        01 AC Acre|02 AL Alagoas|03 AP Amapá|04 AM Amazonas|05 BA Bahia|06 CE Ceará
        |07 DF Distrito Federal|08 ES Espírito Santo|11 MS Mato Grosso do Sul|13 MA Maranhão
        |14 MT Mato Grosso|15 MG Minas Gerais|16 PA Pará|17 PB Paraíba|18 PR Paraná|20 PI Piauí
        |21 RJ Rio de Janeiro|22 RN Rio Grande do Norte|23 RS Rio Grande do Sul|24 RO Rondônia
        |25 RR Roraima|26 SC Santa Catarina|27 SP São Paulo|28 SE Sergipe|29 GO Goiás
        |30 PE Pernambuco|31 TO Tocantins""",
    "DE": """
        01 BW Baden-Württemberg|02 BY Bayern|03 HB Bremen|04 HH Hamburg|05 HE Hessen
        |06 NI Niedersachsen|07 NW Nordrhein-Westfalen|08 RP Rheinland-Pfalz|09 SL Saarland
        |10 SH Schleswig-Holstein|11 BB Brandenburg|12 MV Mecklenburg-Vorpommern|13 SN Sachsen
        |14 ST Sachsen-Anhalt|15 TH Thüringen|16 BE Berlin""",
    "ES": """
        07 IB Illes Balears|27 RI La Rioja|29 MD Madrid|31 MC Murcia|32 NC Navarra|34 AS Asturias
        |39 CB Cantabria|51 AN Andalucía|52 AR Aragón|53 CN Canarias|54 CM Castilla-La Mancha
        |55 CL Castilla y León|56 CT Catalunya|57 EX Extremadura|58 GA Galicia|59 PV País Vasco
        |60 VC Comunitat Valenciana""",
    "FR": """
        11 IDF Île-de-France|24 CVL Centre-Val de Loire|27 BFC Bourgogne-Franche-Comté
        |28 NOR Normandie|32 HDF Hauts-de-France|44 GES Grand Est|52 PDL Pays de la Loire
        |53 BRE Bretagne|75 NAQ Nouvelle-Aquitaine|76 OCC Occitanie|84 ARA Auvergne-Rhône-Alpes
        |93 PAC Provence-Alpes-Côte d'Azur|94 COR Corse""",
}  # fmt: skip
_ALSO = {
    "catalonia": ("ES", "56"), "cataluna": ("ES", "56"), "andalusia": ("ES", "51"),
    "basque country": ("ES", "59"), "euskadi": ("ES", "59"), "bavaria": ("DE", "02"),
    "saxony": ("DE", "13"), "lower saxony": ("DE", "06"), "hesse": ("DE", "05"),
    "thuringia": ("DE", "15"), "north rhine westphalia": ("DE", "07"), "brittany": ("FR", "53"),
    "normandy": ("FR", "28"), "cymru": ("GB", "WLS"), "alba": ("GB", "SCT"),
    "quebec": ("CA", "10"),
}  # fmt: skip


def _entries() -> list[tuple[str, str, str, str]]:
    """Country, GeoNames code, written code, name."""
    entries = []
    for country, text in _REGIONS.items():
        for entry in text.replace("\n", "").split("|"):
            code, *rest = entry.split()
            written = rest.pop(0) if country not in ("US", "GB") else code
            entries.append((country, code, written, " ".join(rest)))
    return entries


@lru_cache(maxsize=1)
def _names() -> dict[Region, str]:
    return {(country, code): name for country, code, _, name in _entries()}


def region_name(country: str, code: str) -> str:
    """The name of a first-level region, where our tables have it.

    >>> region_name("US", "CA"), region_name("CA", "08")
    ('California', 'Ontario')
    """
    return _names().get((country, code), "")


@lru_cache(maxsize=1)
def _by_text() -> dict[str, tuple[Region, ...]]:
    found: dict[str, tuple[Region, ...]] = {name: (region,) for name, region in _ALSO.items()}
    for country, code, written, name in _entries():
        for text in {key(name), written.casefold()}:
            found[text] = tuple(dict.fromkeys((*found.get(text, ()), (country, code))))
    return found


def regions_of(text: str) -> tuple[Region, ...]:
    """Every state or province a text may mean; “WA” lies in two countries.

    A code counts only in capitals.
    """
    text = text.strip(" .")
    folded = key(text)
    if len(text) <= 3 and not text.isupper():
        return ()
    return _by_text().get(folded, ())


def us_state_of(text: str) -> str | None:
    """The two-letter code of a state of the USA."""
    return next((code for country, code in regions_of(text) if country == "US"), None)


_ZIP_RANGES = (
    "005 NY 010-027 MA 028-029 RI 030-038 NH 039-049 ME 050-059 VT 060-069 CT 070-089 NJ 100-149 "
    "NY 150-196 PA 197-199 DE 200-205 DC 206-219 MD 220-246 VA 247-268 WV 270-289 NC 290-299 SC "
    "300-319 GA 320-349 FL 350-369 AL 370-385 TN 386-397 MS 398-399 GA 400-427 KY 430-459 OH "
    "460-479 IN 480-499 MI 500-528 IA 530-549 WI 550-567 MN 570-577 SD 580-588 ND 590-599 MT "
    "600-629 IL 630-658 MO 660-679 KS 680-693 NE 700-714 LA 716-729 AR 730-749 OK 750-799 TX "
    "800-816 CO 820-831 WY 832-838 ID 840-847 UT 850-865 AZ 870-884 NM 885 TX 889-898 NV 900-961 "
    "CA 967-968 HI 970-979 OR 980-994 WA 995-999 AK"
)


def state_of_zip(zip_code: str) -> str | None:
    """The state of a five-digit ZIP code, by its first three digits.

    >>> state_of_zip("02139"), state_of_zip("94103-1234")
    ('MA', 'CA')
    """
    words = _ZIP_RANGES.split()
    prefix = int(zip_code[:3])
    for span, state in zip(words[::2], words[1::2]):
        first, _, last = span.partition("-")
        if int(first) <= prefix <= int(last or first):
            return state
    return None


_UK_POSTCODE = re.compile(
    r"\b(?P<area>[A-Z]{1,2})(?P<district>\d[A-Z\d]?)\s*\d[ABD-HJLNP-UW-Z]{2}\b", re.IGNORECASE
)
_UK_OUTWARD = re.compile(r"(?P<area>[A-Z]{1,2})\d[A-Z\d]?", re.IGNORECASE)

# Area: post town; with coordinates where the town is too small for the list of cities.
_POSTCODE_AREAS = """
    AB Aberdeen|AL St Albans|B Birmingham|BA Bath|BB Blackburn|BD Bradford|BH Bournemouth|BL Bolton
    |BN Brighton|BR Bromley 51.406 0.015|BS Bristol|BT Belfast|CA Carlisle|CB Cambridge
    |CF Cardiff|CH Chester
    |CM Chelmsford|CO Colchester|CR Croydon|CT Canterbury|CV Coventry|CW Crewe|DA Dartford
    |DD Dundee
    |DE Derby|DG Dumfries|DH Durham|DL Darlington|DN Doncaster|DT Dorchester|DY Dudley|E London
    |EC London|EH Edinburgh|EN Enfield|EX Exeter|FK Falkirk|FY Blackpool|G Glasgow|GL Gloucester
    |GU Guildford|HA Harrow|HD Huddersfield|HG Harrogate|HP Hemel Hempstead|HR Hereford
    |HS Stornoway 58.209 -6.387|HU Hull|HX Halifax|IG Ilford|IP Ipswich|IV Inverness
    |KA Kilmarnock|KT Kingston upon Thames 51.410 -0.306|KW Kirkwall 58.981 -2.960|KY Kirkcaldy
    |L Liverpool
    |LA Lancaster|LD Llandrindod Wells 52.241 -3.378|LE Leicester|LL Llandudno|LN Lincoln|LS Leeds
    |LU Luton|M Manchester|ME Rochester|MK Milton Keynes|ML Motherwell|N London
    |NE Newcastle upon Tyne|NG Nottingham|NN Northampton|NP Newport|NR Norwich|NW London|OL Oldham
    |OX Oxford|PA Paisley|PE Peterborough|PH Perth|PL Plymouth|PO Portsmouth|PR Preston|RG Reading
    |RH Redhill|RM Romford|S Sheffield|SA Swansea|SE London|SG Stevenage|SK Stockport|SL Slough
    |SM Sutton|SN Swindon|SO Southampton|SP Salisbury|SR Sunderland|SS Southend-on-Sea
    |ST Stoke-on-Trent|SW London|SY Shrewsbury|TA Taunton|TD Galashiels 55.616 -2.807|TF Telford
    |TN Tonbridge|TQ Torquay|TR Truro|TS Middlesbrough|TW Twickenham 51.449 -0.337|UB Southall
    |W London
    |WA Warrington|WC London|WD Watford|WF Wakefield|WN Wigan|WR Worcester|WS Walsall
    |WV Wolverhampton|YO York|ZE Lerwick 60.155 -1.145|GY St Peter Port|JE Saint Helier|IM Douglas
"""
_ELSEWHERE = {"GY": "GG", "JE": "JE", "IM": "IM"}


@lru_cache(maxsize=1)
def postcode_areas() -> dict[str, tuple[str, str, tuple[float, float] | None]]:
    """Area: country, post town, and a point where the town is not among the cities."""
    areas: dict[str, tuple[str, str, tuple[float, float] | None]] = {}
    for entry in _POSTCODE_AREAS.replace("\n", "").split("|"):
        area, *words = entry.split()
        point = None
        if words[-1].lstrip("-").replace(".", "").isdigit():
            point = float(words[-2]), float(words[-1])
            words = words[:-2]
        areas[area] = (_ELSEWHERE.get(area, "GB"), " ".join(words), point)
    return areas


def uk_area_of(text: str, *, outward_alone: bool = False) -> str | None:
    """The postcode area in a text: “M” for “M1 1AE”."""
    found = _UK_POSTCODE.search(text)
    if not found and outward_alone:
        found = _UK_OUTWARD.fullmatch(text.strip())
    area = found["area"].upper() if found else ""
    return area if area in postcode_areas() else None


def is_uk_postcode(text: str) -> bool:
    """Whether a cell is a whole UK postcode and nothing else."""
    text = text.strip()
    return len(text) <= 9 and bool(_UK_POSTCODE.fullmatch(text)) and uk_area_of(text) is not None
