"""The words of the pages: nl.yaml and en.yaml with the same keys, and what only Dutch needs (errors, settings).

English sentences for errors and settings stand where they arise: in the error itself and in the field's description.
"""
