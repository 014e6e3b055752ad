"""The EHC process on a child's involvement: the dates of its stages, what is due by when, and exemptions.

Not who may see it (work/sharing), nor the limits of the law (records/clocks).
"""
