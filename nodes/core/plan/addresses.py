def sources(text, host, above):
    return {}
