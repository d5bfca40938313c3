"""Workbooks as packages of XML, whatever they hold: checked before they are read, changed part by part, written anew."""
