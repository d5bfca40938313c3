"""Workbooks as packages of XML, whatever they hold: looked at before they are read, changed part by part, written anew."""
