"""The words that people head their tables with, in twelve languages; written down by hand for the tests alone."""

from __future__ import annotations

KEYS = [
    "id",
    "title",
    "category",
    "theme",
    "owner",
    "state",
    "user_business_value",
    "time_criticality",
    "rr_oe",
    "job_size",
    "benefit_per_week",
    "deadline",
    "confidence",
    "value_stream",
    "effort",
    "min_periods",
    "max_periods",
    "external_cost",
    "capex_share",
    "earliest",
    "latest",
    "must",
    "penalty",
]
"""The fields of an epic for which there is a word in every language, in the order of the lists below."""

OTHERS = {
    "German": """Nr. | Titel | Kategorie | Thema | Verantwortlich | Status | Geschäftswert | Zeitkritikalität |
        Risikominderung | Größe | Nutzen pro Woche | Frist | Wahrscheinlichkeit | Wertstrom | Aufwand | Mindestperioden |
        Höchstperioden | Externe Kosten | CapEx-Anteil | Frühestens | Spätestens | Muss | Strafe""",
    "French": """N° | Titre | Catégorie | Thème | Responsable | Statut | Valeur métier | Criticité temporelle |
        Réduction des risques | Taille | Bénéfice par semaine | Échéance | Confiance | Flux de valeur | Effort |
        Périodes min | Périodes max | Coûts externes | Part CapEx | Au plus tôt | Au plus tard | Obligatoire | Pénalité""",
    "Spanish": """Clave | Título | Categoría | Tema | Responsable | Estado | Valor de negocio | Criticidad temporal |
        Reducción de riesgos | Tamaño | Beneficio por semana | Fecha límite | Confianza | Flujo de valor | Esfuerzo |
        Períodos mínimos | Períodos máximos | Costes externos | Parte CapEx | No antes de | A más tardar | Obligatorio |
        Penalización""",
    "Portuguese": """Chave | Título | Categoria | Tema | Responsável | Status | Valor de negócio |
        Criticidade de tempo | Redução de risco | Tamanho | Benefício por semana | Prazo | Confiança | Fluxo de valor |
        Esforço | Períodos mínimos | Períodos máximos | Custos externos | Parte CapEx | Não antes de | No mais tardar |
        Obrigatório | Penalidade""",
    "Italian": """Chiave | Titolo | Categoria | Tema | Responsabile | Stato | Valore di business |
        Criticità temporale | Riduzione del rischio | Dimensione | Beneficio settimanale | Scadenza | Confidenza |
        Flusso di valore | Impegno | Periodi minimi | Periodi massimi | Costi esterni | Quota CapEx | Non prima di |
        Al più tardi | Obbligatorio | Penale""",
    "Dutch": """Nr | Titel | Categorie | Thema | Eigenaar | Status | Bedrijfswaarde | Tijdkritiek | Risicoreductie |
        Omvang | Opbrengst per week | Deadline | Zekerheid | Waardestroom | Inspanning | Min. periodes | Max. periodes |
        Externe kosten | CapEx-aandeel | Niet eerder dan | Uiterlijk | Verplicht | Boete""",
    "Polish": """Klucz | Tytuł | Kategoria | Temat | Właściciel | Status | Wartość biznesowa | Krytyczność czasowa |
        Redukcja ryzyka | Rozmiar | Korzyść tygodniowo | Termin | Pewność | Strumień wartości | Nakład | Min. okresów |
        Maks. okresów | Koszty zewnętrzne | Udział CapEx | Najwcześniej | Najpóźniej | Obowiązkowe | Kara""",
    "Russian": """Ключ | Название | Категория | Тема | Владелец | Статус | Бизнес-ценность | Критичность по времени |
        Снижение рисков | Размер | Выгода в неделю | Срок | Уверенность | Поток ценности | Трудозатраты |
        Мин. периодов | Макс. периодов | Внешние затраты | Доля CapEx | Самый ранний период | Самый поздний период | Обязательно | Штраф""",
    "Swedish": """Nyckel | Titel | Kategori | Strategiskt tema | Ägare | Status | Affärsvärde | Tidskritikalitet |
        Riskreducering | Storlek | Nytta per vecka | Förfallodatum | Sannolikhet | Värdeström | Arbetsinsats |
        Min. perioder | Max. perioder | Externa kostnader | CapEx-andel | Tidigast | Senast | Obligatorisk | Vite""",
    "Czech": """Klíč | Název | Kategorie | Strategické téma | Vlastník | Stav | Obchodní hodnota | Časová kritičnost |
        Snížení rizika | Velikost | Přínos za týden | Konečný termín | Pravděpodobnost | Hodnotový tok | Pracnost |
        Min. období | Max. období | Externí náklady | Podíl CapEx | Nejdříve | Nejpozději | Povinné | Pokuta""",
    "Japanese": """キー | タイトル | カテゴリ | テーマ | 担当者 | ステータス | ビジネス価値 | 時間的重要度 |
        リスク低減 | 規模 | 週あたりの利益 | 期限 | 確度 | バリューストリーム | 工数 | 最小期間 | 最大期間 |
        外部コスト | 資本化率 | 最早 | 最遅 | 必須 | 違約金""",
}

SHEETS = ("epics", "value_streams", "capacity", "budget", "dependencies", "effort")
OTHER_SHEETS = {
    "German": "Epics | Wertströme | Kapazität | Budget | Abhängigkeiten | Aufwand",
    "French": "Epics | Flux de valeur | Capacité | Budget | Dépendances | Effort",
    "Spanish": "Épicas | Flujos de valor | Capacidad | Presupuesto | Dependencias | Esfuerzo",
    "Portuguese": "Épicos | Fluxos de valor | Capacidade | Orçamento | Dependências | Esforço",
    "Italian": "Epiche | Flussi di valore | Capacità | Budget | Dipendenze | Impegno",
    "Dutch": "Epics | Waardestromen | Capaciteit | Budget | Afhankelijkheden | Inspanning",
    "Polish": "Epiki | Strumienie wartości | Pojemność | Budżet | Zależności | Nakład",
    "Russian": "Эпики | Потоки ценности | Мощность | Бюджет | Зависимости | Трудозатраты",
    "Swedish": "Initiativ | Värdeströmmar | Kapacitet | Budget | Beroenden | Arbetsinsats",
    "Czech": "Iniciativy | Hodnotové toky | Kapacita | Rozpočet | Závislosti | Pracnost",
    "Japanese": "エピック | バリューストリーム | キャパシティ | 予算 | 依存関係 | 工数",
}
LINKS = {
    "German": "Vorgänger | Nachfolger | Hängt ab von | Name | Kosten pro Einheit | Epic",
    "French": "Prédécesseur | Successeur | Dépend de | Nom | Coût unitaire | Epic",
    "Spanish": "Predecesor | Sucesor | Depende de | Nombre | Coste unitario | Épica",
    "Portuguese": "Predecessor | Sucessor | Depende de | Nome | Custo unitário | Épico",
    "Italian": "Predecessore | Successore | Dipende da | Nome | Costo unitario | Epica",
    "Dutch": "Voorganger | Opvolger | Hangt af van | Naam | Kosten per eenheid | Epic",
    "Polish": "Poprzednik | Następnik | Zależy od | Nazwa | Koszt jednostkowy | Epik",
    "Russian": "Предшественник | Последователь | Зависит от | Имя | Стоимость единицы | Эпик",
    "Swedish": "Föregångare | Efterföljare | Beror på | Namn | Kostnad per enhet | Epos",
    "Czech": "Předchůdce | Následník | Závisí na | Název | Náklady na jednotku | Iniciativa",
    "Japanese": "先行 | 後続 | 依存先 | 名前 | 単価 | エピック",
}

ENGLISH = {
    "id": "ID | Key | Epic ID | Ref | # | Epic key | Issue key | No.",
    "title": "Title | Epic name | Name | Summary | Initiative | Feature | Project name | Subject",
    "type": "Type | Epic type",
    "category": "Category",
    "horizon": "Horizon | Investment horizon",
    "theme": "Theme | Strategic theme",
    "fund": "Fund | Funding | Budget source",
    "owner": "Owner | Epic owner | Assignee",
    "state": "State | Status | Stage",
    "user_business_value": "User-business value | BV | UBV | Business Value | user_business_value | User & business value",
    "time_criticality": "Time criticality | TC | Time crit. | time_criticality | Criticality",
    "rr_oe": "RR/OE | RROE | RR & OE | Risk reduction / opportunity enablement | rr_oe",
    "job_size": "Job size | Size | Job duration | job_size | Relative size",
    "benefit_per_week": "Benefit per week | Weekly benefit | CoD per week | Value/week",
    "urgency": "Urgency | Urgency profile",
    "deadline": "Deadline | Due date | Must be done by",
    "life_weeks": "Life weeks | Lifetime (weeks)",
    "peak_loss": "Peak loss",
    "penalty": "Penalty | Deadline penalty",
    "value_curve": "Value curve",
    "confidence": "Confidence | Probability | Confidence level",
    "value_stream": "Value stream | Stream | VS | Value Stream ID",
    "effort": "Effort | Effort units | Estimate",
    "min_periods": "Min periods | Min PIs | Minimum periods",
    "max_periods": "Max periods | Max PIs | Maximum periods",
    "external_cost": "External cost | External costs | External spend",
    "capex_share": "CapEx share | CapEx % | Capex",
    "mvp_periods": "MVP periods",
    "mvp_cost": "MVP cost | MVP budget",
    "earliest": "Earliest | Earliest start | Not before",
    "latest": "Latest | Latest finish",
    "start": "Start | Started in",
    "must": "Must | Mandatory | Must do",
    "approved": "Approved | Approval",
    "exclusive_group": "Exclusive group | Exclusive",
    "together_group": "Together group | Together",
    "predecessor": "Predecessor | From | Before | Blocker",
    "successor": "Successor | To | After | Dependent epic",
    "depends_on": "Depends on | Predecessors | Blocked by | Dependencies",
    "link_type": "Type | Dependency type",
    "lag_periods": "Lag periods | Lag",
    "stream_id": "ID | Value stream ID | Value stream",
    "stream_name": "Name | Value stream name",
    "cost_per_unit": "Cost per unit | Unit cost | Rate",
    "wip_limit": "WIP limit | WIP",
    "max_budget_shift": "Max budget shift | Budget shift",
    "epic": "Epic | Epic ID",
}
ENGLISH_SHEETS = {
    "epics": "Epics | Backlog | Portfolio backlog | Initiatives | Q1 draft | WSJF",
    "value_streams": "Value streams | Streams",
    "capacity": "Capacity | Capacities | Capacity per period | Team capacity | Capacity 2027",
    "budget": "Budget | Budgets | Lean budgets | Budget 2027",
    "dependencies": "Dependencies | Links | Deps",
    "effort": "Effort | Efforts | Effort by value stream",
}
SETTINGS = {
    "calendar.start": "Start | Start date | Plan start",
    "calendar.period_weeks": "Period weeks | Weeks per period | PI weeks",
    "currency": "Currency",
    "value_horizon_weeks": "Value horizon weeks | Value horizon",
    "portfolio_wip_limit": "Portfolio WIP limit | Portfolio WIP",
    "epic_threshold": "Epic threshold | Threshold",
    "discount_rate": "Discount rate | Discount rate per year",
    "point_value": "Point value | Money per point",
}

TOTALS = (
    "Total",
    "Sum",
    "Summe",
    "Gesamt",
    "Grand total",
    "Total général",
    "Suma",
    "Итого",
    "合計",
    "Average",
    "Mittelwert",
)
TITLES = ("Portfolio 2027", "Roadmap - draft", "Our epics, as of 12 May", "Übersicht")
NOTES = ("Remarks", "Sponsor's view", "Link", "Bemerkung", "Last discussed")
PERIODS = ("PI {}", "PI {} 2027", "Q{} 2027", "2027 Q{}", "Q{}/27", "2027-Q{}", "Iteration {}", "Increment {}", "P{}")
BESIDE_PERIODS = ("Headcount", "FTE", "Velocity", "Focus factor", "Comment")
NAMES = [
    "Instant payments, phase 2",
    "Würfelspiel",
    "Crew app; ground staff",
    "Loyalty",
    "Open banking",
    "Search 2.0",
    'The "big" ledger',
    "Data lake",
    "Épicerie en ligne",
    "Fraud checks",
    "Self-service",
    "Ticket shop",
    "Cold chain",
    "Route planner",
]
STREAMS = {"Payments": "VS1", "Mobile app": "VS2", "Data & insights": "VS3"}


def heading(language: str, key: str) -> tuple[str, ...]:
    """How a language heads a field; English has several ways, of which the first is the plain one."""
    if language == "English":
        return tuple(ENGLISH[key].split(" | "))
    if key in KEYS:
        return (_words(OTHERS[language])[KEYS.index(key)],)
    places = {"predecessor": 0, "successor": 1, "depends_on": 2, "stream_name": 3, "cost_per_unit": 4, "epic": 5}
    also = {"stream_id": "value_stream"}
    return heading(language, also[key]) if key in also else (_words(LINKS[language])[places[key]],)


def sheet_names(language: str, kind: str) -> tuple[str, ...]:
    """How a language calls a sheet."""
    if language == "English":
        return tuple(ENGLISH_SHEETS[kind].split(" | "))
    return (_words(OTHER_SHEETS[language])[SHEETS.index(kind)],)


def knows(language: str, key: str) -> bool:
    """Whether there is a word for this field."""
    return language == "English" or key in {
        *KEYS,
        "predecessor",
        "successor",
        "depends_on",
        "stream_id",
        "stream_name",
        "cost_per_unit",
        "epic",
    }


def _words(text: str) -> list[str]:
    """A list with bars, which may go over several lines."""
    return [" ".join(word.split()) for word in text.split("|")]
