"""Small workbooks with what lies over the sheets: shapes, charts, controls, slicers, comments, sparklines."""

from __future__ import annotations

from tests.xlsx.data_features import MICROSOFT, with_table
from tests.xlsx.hand_made import MAIN, RELATIONS, SHEET_ML, HandMade

DRAWING = "application/vnd.openxmlformats-officedocument.drawing+xml"
VML_TYPE = "application/vnd.openxmlformats-officedocument.vmlDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
FROM_TO = (
    "<xdr:from><xdr:col>4</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>0</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>"
    "<xdr:to><xdr:col>7</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>4</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
)
SHAPE = (
    '<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="2" name="Box" descr="alt text"/><xdr:cNvSpPr txBox="1"/>'
    '</xdr:nvSpPr><xdr:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r>'
    "<a:t>Read me</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
)


def _vml(kind: str, more: str = "") -> str:
    return (
        '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape id="_x0000_s1025" type="#_x0000_t201" '
        f'style="position:absolute;width:80pt;height:20pt"><x:ClientData ObjectType="{kind}"><x:Anchor>4, 0, 0, 0, 6, 0, '
        f"2, 0</x:Anchor>{more}</x:ClientData></v:shape></xml>"
    )


def _with_drawing(anchors: str) -> HandMade:
    xml = f'<xdr:wsDr xmlns:xdr="{XDR}" xmlns:a="{A}" xmlns:r="{RELATIONS}" xmlns:mc="{MC}">{anchors}</xdr:wsDr>'
    return HandMade(behind='<drawing r:id="rId1"/>').add("xl/drawings/drawing1.xml", xml, DRAWING, kind="drawing")


def _with_extension(uri: str, xml: str) -> HandMade:
    return HandMade(behind=f'<extLst><ext uri="{uri}">{xml}</ext></extLst>')


def slicer() -> HandMade:
    """A slicer on a table."""
    book = with_table()
    book.behind += (
        '<extLst><ext uri="{3A4CF648-6AED-40f4-86FF-DC5316D8AED3}"><x14:slicerList><x14:slicer r:id="rId2"/>'
        "</x14:slicerList></ext></extLst>"
    )
    slicers = f'<slicers xmlns="{MICROSOFT}/spreadsheetml/2009/9/main"><slicer name="Name" cache="Slicer_Name" rowHeight="225425"/></slicers>'
    cache = (
        f'<slicerCacheDefinition xmlns="{MICROSOFT}/spreadsheetml/2009/9/main" name="Slicer_Name" sourceName="Name"><extLst>'
        f'<ext xmlns="{MAIN}" uri="{{2F2917AC-EB37-4324-AD4E-5DD8C200BD13}}"><x15:tableSlicerCache tableId="1" column="1" '
        f'xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"/></ext></extLst></slicerCacheDefinition>'
    )
    book.add(
        "xl/slicers/slicer1.xml",
        slicers,
        "application/vnd.ms-excel.slicer+xml",
        kind=f"{MICROSOFT}/2007/relationships/slicer",
    )
    kind = f"{MICROSOFT}/2007/relationships/slicerCache"
    book.add(
        "xl/slicerCaches/slicerCache1.xml", cache, "application/vnd.ms-excel.slicerCache+xml", "xl/workbook.xml", kind
    )
    book.in_workbook = (
        '<definedNames><definedName name="Slicer_Name">#N/A</definedName></definedNames><extLst><ext '
        f'uri="{{46BE6895-7355-4a93-B00E-2C351335B9C9}}" xmlns:x15="{MICROSOFT}/spreadsheetml/2010/11/main"><x15:slicerCaches '
        f'xmlns:x14="{MICROSOFT}/spreadsheetml/2009/9/main"><x14:slicerCache r:id="rId3"/></x15:slicerCaches></ext></extLst>'
    )
    return book


def threaded_comments() -> HandMade:
    """A conversation at a cell: the note for old programs, the thread, the person."""
    note = (
        f'<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList><comment ref="A2" authorId="0" '
        'shapeId="0"><text><t>[Threaded comment] Why?</t></text></comment></commentList></comments>'
    )
    space = f'xmlns="{MICROSOFT}/spreadsheetml/2018/threadedcomments"'
    thread = f'<ThreadedComments {space}><threadedComment ref="A2" dT="2024-01-02T03:04:05.00" personId="{{P}}" id="{{1}}"><text>Why?</text></threadedComment></ThreadedComments>'
    person = f'<personList {space}><person displayName="Ann" id="{{P}}" userId="ann" providerId="None"/></personList>'
    kinds = f"{MICROSOFT}/2017/10/relationships"
    book = HandMade(behind='<legacyDrawing r:id="rId1"/>', defaults={"vml": VML_TYPE})
    book.add("xl/drawings/vmlDrawing1.vml", _vml("Note", "<x:Row>1</x:Row><x:Column>0</x:Column>"), kind="vmlDrawing")
    book.add("xl/comments1.xml", note, f"{SHEET_ML}.comments+xml", kind="comments")
    book.add(
        "xl/threadedComments/threadedComment1.xml",
        thread,
        "application/vnd.ms-excel.threadedcomments+xml",
        kind=f"{kinds}/threadedComment",
    )
    return book.add(
        "xl/persons/person.xml", person, "application/vnd.ms-excel.person+xml", "xl/workbook.xml", f"{kinds}/person"
    )


def sparklines() -> HandMade:
    """A small line in a cell."""
    xml = (
        '<x14:sparklineGroups><x14:sparklineGroup displayEmptyCellsAs="gap"><x14:colorSeries rgb="FF376092"/><x14:sparklines>'
        "<x14:sparkline><xm:f>Data!B2:C2</xm:f><xm:sqref>D2</xm:sqref></x14:sparkline></x14:sparklines>"
        "</x14:sparklineGroup></x14:sparklineGroups>"
    )
    return _with_extension("{05C60535-1F16-4fd2-B633-F4F36F0B64E0}", xml)


def other_sheet_validations() -> HandMade:
    """Choices that come from another sheet, as Excel 2010 and later write them."""
    xml = (
        '<x14:dataValidations count="1"><x14:dataValidation type="list" allowBlank="1"><x14:formula1><xm:f>Data!$A$2:$A$3'
        "</xm:f></x14:formula1><xm:sqref>D2:D9</xm:sqref></x14:dataValidation></x14:dataValidations>"
    )
    return _with_extension("{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}", xml)


def protected_sheet() -> HandMade:
    """A sheet protected by a password, with a range that one may change."""
    return HandMade(
        behind='<sheetProtection algorithmName="SHA-512" hashValue="AAAA" saltValue="AAAA" spinCount="100000" sheet="1" '
        'objects="1" scenarios="1" formatCells="0"/><protectedRanges><protectedRange sqref="B2:B3" name="Sizes"/></protectedRanges>'
    )


def modern_chart() -> HandMade:
    """A waterfall chart with what older programs show instead."""
    graphic = (
        f'<xdr:twoCellAnchor>{FROM_TO}<mc:AlternateContent><mc:Choice xmlns:cx1="{MICROSOFT}/drawing/2015/9/8/chartex" '
        'Requires="cx1"><xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="3" name="Waterfall"/>'
        '<xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm>'
        f'<a:graphic><a:graphicData uri="{MICROSOFT}/drawing/2014/chartex"><cx:chart xmlns:cx="{MICROSOFT}/drawing/2014/chartex" '
        f'r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame></mc:Choice><mc:Fallback>{SHAPE}</mc:Fallback>'
        "</mc:AlternateContent><xdr:clientData/></xdr:twoCellAnchor>"
    )
    chart = (
        f'<cx:chartSpace xmlns:cx="{MICROSOFT}/drawing/2014/chartex"><cx:chartData><cx:data id="0"><cx:numDim type="val"><cx:f>'
        "Data!$B$2:$B$3</cx:f></cx:numDim></cx:data></cx:chartData><cx:chart><cx:plotArea><cx:plotAreaRegion><cx:series "
        'layoutId="waterfall"><cx:dataId val="0"/></cx:series></cx:plotAreaRegion></cx:plotArea></cx:chart></cx:chartSpace>'
    )
    kind = f"{MICROSOFT}/2014/relationships/chartEx"
    return _with_drawing(graphic).add(
        "xl/charts/chartEx1.xml", chart, "application/vnd.ms-office.chartex+xml", "xl/drawings/drawing1.xml", kind
    )


def shapes() -> HandMade:
    """A text box and a line that connects."""
    line = (
        '<xdr:cxnSp macro=""><xdr:nvCxnSpPr><xdr:cNvPr id="4" name="Line"/><xdr:cNvCxnSpPr/></xdr:nvCxnSpPr><xdr:spPr>'
        '<a:prstGeom prst="line"><a:avLst/></a:prstGeom></xdr:spPr></xdr:cxnSp>'
    )
    anchors = [f"<xdr:twoCellAnchor>{FROM_TO}{one}<xdr:clientData/></xdr:twoCellAnchor>" for one in (SHAPE, line)]
    return _with_drawing("".join(anchors))


def _with_control(name: str, xml: str, content_type: str, kind: str, vml: str) -> HandMade:
    book = HandMade(
        behind='<legacyDrawing r:id="rId1"/><mc:AlternateContent><mc:Choice Requires="x14"><controls><control shapeId="1025" '
        'r:id="rId2" name="Choice"/></controls></mc:Choice></mc:AlternateContent>',
        defaults={"vml": VML_TYPE},
    )
    return book.add("xl/drawings/vmlDrawing1.vml", vml, kind="vmlDrawing").add(name, xml, content_type, kind=kind)


def form_control() -> HandMade:
    """A check box that belongs to a cell."""
    xml = f'<formControlPr xmlns="{MICROSOFT}/spreadsheetml/2009/9/main" objectType="CheckBox" fmlaLink="$D$2" noThreeD="1"/>'
    return _with_control(
        "xl/ctrlProps/ctrlProp1.xml",
        xml,
        "application/vnd.ms-excel.controlproperties+xml",
        "ctrlProp",
        _vml("Checkbox"),
    )


def active_x() -> HandMade:
    """An ActiveX button with its binary state."""
    xml = (
        '<ax:ocx ax:classid="{D7053240-CE69-11CD-A777-00DD01143C57}" ax:persistence="persistStreamInit" r:id="rId1" '
        f'xmlns:ax="{MICROSOFT}/2006/activeX" xmlns:r="{RELATIONS}"/>'
    )
    book = _with_control(
        "xl/activeX/activeX1.xml", xml, "application/vnd.ms-office.activeX+xml", "control", _vml("Pict")
    )
    kind = f"{MICROSOFT}/2006/relationships/activeXControlBinary"
    return book.add(
        "xl/activeX/activeX1.bin",
        bytes(range(64)),
        "application/vnd.ms-office.activeX",
        "xl/activeX/activeX1.xml",
        kind,
    )
