"""Hour statements as senders make them: workbooks and tables of any layout, read into lines."""
