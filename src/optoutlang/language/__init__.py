"""The authoring half: from the text of .optout files to a program. It needs Lark."""
