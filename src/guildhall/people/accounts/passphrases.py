"""Passphrases to choose from: four words out of a list, by chance. Touches no table."""

import secrets

_WRITTEN = """
    acorn amber anchor apple arrow autumn badger basket beacon berry birch blanket bonfire branch bridge
    bright bucket butter cabin candle canyon carrot castle cedar cherry chimney circle clover cobble copper
    coral corner cotton cradle cricket crystal daisy dancer dolphin donkey dragon drizzle eagle early ember
    engine falcon feather fiddle finch forest fossil fountain frost garden garnet ginger glacier goblet
    golden granite gravel hammer harbour harvest hazel heather hedgehog heron hidden hollow honey horizon
    island ivory jacket jasmine jigsaw juniper kettle kingdom kitten ladder lagoon lantern laurel lavender
    lemon library lighthouse lilac linen lobster maple marble meadow melody mirror misty mitten mountain
    muffin mustard nectar nettle north nutmeg oak ocean olive orange orchard otter oyster paddle painter
    parcel parsley pebble pepper pigeon pillow planet plum pocket pond poppy porridge pottery puddle pumpkin
    puzzle quarry quilt rabbit raven ribbon river robin rocket rosemary saddle saffron salmon sandal
    scarlet seagull shadow shepherd silver slate snowdrop sparrow spider spruce squirrel stable starling
    statue stone stream summer sunset swallow tangle teapot thimble thistle thunder ticket timber toffee
    tractor treacle trumpet tulip tunnel turnip turtle umbrella valley velvet village violet violin wagon
    walnut walrus water weasel whisper whistle willow window winter wizard wooden woollen yellow yonder
    zebra zigzag
"""
WORDS = tuple(_WRITTEN.split())
OFFERED = 5


def offer() -> list[str]:
    """Five passphrases of five words, each of about 38 random bits."""
    return [" ".join(secrets.choice(WORDS) for _ in range(5)) for _ in range(OFFERED)]
