"""Small workbooks with what lies behind the sheets: tables, queries, pivot tables, links, macros, signatures."""

from __future__ import annotations

from tests.xlsx.hand_made import MAIN, RELATIONS, SHEET_ML, HandMade

MICROSOFT = "http://schemas.microsoft.com/office"


def with_table() -> HandMade:
    """The data as an Excel table."""
    table = (
        f'<table xmlns="{MAIN}" id="1" name="List" displayName="List" ref="A1:C3" totalsRowShown="0"><autoFilter ref="A1:C3"/>'
        '<tableColumns count="3"><tableColumn id="1" name="Name"/><tableColumn id="2" name="Size"/><tableColumn id="3" '
        'name="Twice"><calculatedColumnFormula>B2*2</calculatedColumnFormula></tableColumn></tableColumns>'
        '<tableStyleInfo name="TableStyleMedium2" showRowStripes="1"/></table>'
    )
    book = HandMade(behind='<tableParts count="1"><tablePart r:id="rId1"/></tableParts>')
    return book.add("xl/tables/table1.xml", table, f"{SHEET_ML}.table+xml", kind="table")


def macros() -> HandMade:
    """A project of macros, which is never read and never changed."""
    book = HandMade(
        workbook_type="application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        defaults={"bin": "application/vnd.ms-office.vbaProject"},
    )
    return book.add(
        "xl/vbaProject.bin",
        b"\xd0\xcf\x11\xe0" + bytes(500),
        "",
        "xl/workbook.xml",
        f"{MICROSOFT}/2006/relationships/vbaProject",
    )


def custom_xml() -> HandMade:
    """Somebody's own data, as document systems leave it, with its properties."""
    store = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
    properties = f'<ds:datastoreItem ds:itemID="{{11111111-2222-3333-4444-555555555555}}" xmlns:ds="{store}"><ds:schemaRefs/></ds:datastoreItem>'
    book = HandMade().add(
        "customXml/item1.xml",
        "<p:properties xmlns:p='urn:own'>kept</p:properties>",
        source="xl/workbook.xml",
        kind="customXml",
    )
    kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
    return book.add("customXml/itemProps1.xml", properties, kind, "customXml/item1.xml", "customXmlProps")


def power_query() -> HandMade:
    """A query whose result fills a table: connection, query table and the program of the query."""
    book = with_table()
    connections = (
        f'<connections xmlns="{MAIN}"><connection id="1" keepAlive="1" name="Query - Epics" type="5" refreshedVersion="8"><dbPr '
        'connection="Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=Epics" command="SELECT * FROM [Epics]"/>'
        "</connection></connections>"
    )
    table = f'<queryTable xmlns="{MAIN}" name="ExternalData_1" connectionId="1" autoFormatId="16"/>'
    book.add("xl/connections.xml", connections, f"{SHEET_ML}.connections+xml", "xl/workbook.xml", "connections")
    book.add(
        "xl/queryTables/queryTable1.xml", table, f"{SHEET_ML}.queryTable+xml", "xl/tables/table1.xml", "queryTable"
    )
    mashup = f'<DataMashup xmlns="{MICROSOFT.replace("/office", "")}/DataMashup">AAAAAA==</DataMashup>'
    return book.add("customXml/item1.xml", mashup, source="xl/workbook.xml", kind="customXml")


def external_link() -> HandMade:
    """A reference to another workbook with the values that it had."""
    link = (
        f'<externalLink xmlns="{MAIN}" xmlns:r="{RELATIONS}"><externalBook r:id="rId1"><sheetNames><sheetName val="Rates"/></sheetNames>'
        '<sheetDataSet><sheetData sheetId="0"><row r="1"><cell r="A1"><v>3</v></cell></row></sheetData></sheetDataSet>'
        "</externalBook></externalLink>"
    )
    book = HandMade(in_workbook='<externalReferences><externalReference r:id="rId3"/></externalReferences>')
    book.add(
        "xl/externalLinks/externalLink1.xml", link, f"{SHEET_ML}.externalLink+xml", "xl/workbook.xml", "externalLink"
    )
    book.relations["xl/externalLinks/externalLink1.xml"] = [(f"{RELATIONS}/externalLinkPath", "!rates.xlsx")]
    return book


def pivot_table() -> HandMade:
    """A pivot table beside its data, with its cache and its records."""
    cache = (
        f'<pivotCacheDefinition xmlns="{MAIN}" xmlns:r="{RELATIONS}" r:id="rId1" recordCount="2"><cacheSource type="worksheet">'
        '<worksheetSource ref="A1:B3" sheet="Data"/></cacheSource><cacheFields count="2"><cacheField name="Name" numFmtId="0">'
        '<sharedItems count="2"><s v="one"/><s v="two"/></sharedItems></cacheField><cacheField name="Size" numFmtId="0"><sharedItems '
        'containsSemiMixedTypes="0" containsString="0" containsNumber="1" containsInteger="1" minValue="8" maxValue="13"/></cacheField>'
        "</cacheFields></pivotCacheDefinition>"
    )
    records = f'<pivotCacheRecords xmlns="{MAIN}" count="2"><r><x v="0"/><n v="8"/></r><r><x v="1"/><n v="13"/></r></pivotCacheRecords>'
    table = (
        f'<pivotTableDefinition xmlns="{MAIN}" name="Pivot" cacheId="3" dataCaption="Values"><location ref="F1:G4" firstHeaderRow="1" '
        'firstDataRow="1" firstDataCol="1"/><pivotFields count="2"><pivotField axis="axisRow" showAll="0"><items count="3"><item x="0"/>'
        '<item x="1"/><item t="default"/></items></pivotField><pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1">'
        '<field x="0"/></rowFields><rowItems count="3"><i><x/></i><i><x v="1"/></i><i t="grand"><x/></i></rowItems><colItems count="1"><i/>'
        '</colItems><dataFields count="1"><dataField name="Sum of Size" fld="1"/></dataFields></pivotTableDefinition>'
    )
    folder = "xl/pivotCache/pivotCache"
    book = HandMade(in_workbook='<pivotCaches><pivotCache cacheId="3" r:id="rId3"/></pivotCaches>')
    book.add(
        f"{folder}Definition1.xml",
        cache,
        f"{SHEET_ML}.pivotCacheDefinition+xml",
        "xl/workbook.xml",
        "pivotCacheDefinition",
    )
    book.add(
        f"{folder}Records1.xml",
        records,
        f"{SHEET_ML}.pivotCacheRecords+xml",
        f"{folder}Definition1.xml",
        "pivotCacheRecords",
    )
    book.add("xl/pivotTables/pivotTable1.xml", table, f"{SHEET_ML}.pivotTable+xml", kind="pivotTable")
    book.relations["xl/pivotTables/pivotTable1.xml"] = [
        (f"{RELATIONS}/pivotCacheDefinition", f"/{folder}Definition1.xml")
    ]
    return book


def signed() -> HandMade:
    """The stub of a signed package, which must not be changed."""
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    book = HandMade().add(
        "_xmlsignatures/origin.sigs", b"", "application/vnd.openxmlformats-package.digital-signature-origin"
    )
    book.relations[""] = [(f"{kind}/origin", "/_xmlsignatures/origin.sigs")]
    xml, of = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'/>", "_xmlsignatures/origin.sigs"
    return book.add(
        "_xmlsignatures/sig1.xml",
        xml,
        "application/vnd.openxmlformats-package.digital-signature-xmlsignature+xml",
        of,
        f"{kind}/signature",
    )
