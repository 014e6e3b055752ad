"""Places of the rooms of records."""

from .place import Place, nobody

PERSON = ("forename", "surname", "role", "email", "telephone", "address")

PLACES: tuple[Place, ...] = (
    Place("children.Child", child=("pk",)),
    Place("children.AlsoKey", child=("child",)),
    Place("children.Restriction", child=("child",)),
    Place(
        "linkage.Mention",
        user=("said_by",),
        child=("child",),
        others=("reasons",),
        others_to_user=("identity", "name", "born_on"),
    ),
    Place(
        "linkage.Decision",
        user=("mention__said_by",),
        child=("child", "mention__child"),
        others=("choices", "before", "after", "explanation"),
    ),
    Place(
        "linkage.Opinion",
        child=("child", "mention__child"),
        others=("question", "answer"),
    ),
    Place("linkage.Merge", child=("kept", "gone"), others=("choices", "before", "after")),
    Place("linkage.SecondLook", child=("child", "decision__child")),
    Place(
        "linkage.BatchPair",
        child=("child", "left_child"),
        others=("left", "right"),
    ),
    # What a file says of somebody may be of another child: whoever looks decides.
    Place("linkage.BatchRow", child=("left_pairs__child",), others=("identity", "own_id")),
    *nobody("Weights and files that were compared, without anybody's details.", "linkage.TrainedModel"),
    *nobody(
        "Which weights are in use, and when some were learnt.", "linkage.Activation", "linkage.TrainingRun"
    ),
    *nobody("Names of files and how many of their rows were used.", "linkage.BatchRun"),
    Place("persons.Person", user=("links__user",), child=("relations__child",), others_to_child=PERSON),
    Place(
        "persons.Change",
        user=("person__links__user",),
        child=("person__relations__child",),
        others_to_child=PERSON,
    ),
    Place("persons.Relation", user=("person__links__user",), child=("child",), others_to_child=("person",)),
    Place("persons.Link", user=("user",), child=("person__relations__child",), others_to_child=("user",)),
    Place("chronology.Entry", user=("mention__said_by",), child=("mention__child",), others=("detail",)),
)
