"""Names of residents and factories. A name follows from the seed and the number alone, so it never changes."""

from functools import lru_cache

from sim.speech.grammar import Draw

GIVEN = tuple(
    """
    Ada Bo Cem Edu Farah Goro Hana Ivo Jun Kaya Lev Mina Nils Oya Pia Quinn Rosa Sami Uma Vito Wren Xenia Yara Zeno
    Alba Bela Cleo Dov Eli Gus Hedy Jaro Kim Lou Mato Otto Paz Rafi Suki Teo Ursa Vera Wanda Yuri Zora Agnes Aiko
    Amara Amir Anouk Ansel Arlo Astrid Atlas August Aurora Aziz Basil Beatriz Bjorn Blanca Boris Bruno Carmen Casper
    Celia Chidi Cosmo Cyrus Dalia Dante Darius Delphi Dmitri Edith Egon Emeka Emil Enzo Esme Esther Ezra Fabian Faye
    Felix Femi Fergus Fidel Finn Flora Frida Gael Gemma Gideon Giulia Greta Gwen Halim Harald Hazel Hector Helga
    Hiro Holly Hugo Igor Ilse Imani Indira Ingrid Iris Isak Jorge Josef Joy Judith Kamal Karim Keiko Kenji
    Kiran Klaus Kofi Lars Leila Leopold Linnea Lorenzo Luca Mabel Magnus Malik Marek Margot Marlow Matilda Maude Mei
    Mirela Moritz Naoko Nasir Nell Nestor Nikita Noor Norbert Nuria Octavia Odin Olga Olive Omar Oriel Oskar Paloma
    Pascal Pavel Penny Petra Philippa Piet Reza Rico Roald Robin Roman Ruben Rufus Ruth Sage Samson Silas Simone
    Solveig Stella Stig Sven Tamsin Tariq Thea Tilda Tobias Tomas Valentin Viola Wilma Winston Xavier Yasmin Yusuf
    Zadie Zelda Zubin Hamid Ottilie Wolfram Zlata Quentin Ursula Yolanda Ximena Vikram Thandi Sunniva Rosalind
    Philemon Obi Njord Mirko Lukas Joaquin Isolde Hilde Gustavo Fatou Eamon Dagny Cyprian Benedikt Dunja Fintan
    Hyun Ilan Jelena Kwame Lorcan Nzinga Oyelaran Pilar Rasmus Sigrid Tenzin Ulrich Velma Wassim Yevgenia
    Zsofia Bartek Chiara Duarte
    """.split()
)
BYNAMES = tuple(
    """
    Ashby Alder Amber Anvil Archer Arden Aspen Bailey Barley Barlow Beacon Beck Birch Blackwood Bloom Bracken
    Bramble Bridge Brook Burnet Calder Carver Cedar Chandler Clay Clover Cobbler Cooper Copper Coral Crane Croft
    Dale Dove Drake Drift Dyer Ember Fallow Farrow Fenn Fern Field Finch Flint Ford Forrest Fuller Garland Garner
    Gale Glass Glover Grange Grove Hale Harbour Harrow Hart Hawthorn Heath Heron Hill Hollow Hopper Hunter Isles
    Jasmine Keel Kestrel Lake Lantern Lark Larkspur Linden Locke Marsh Mason Meadow Mercer Miller Moor Moss North
    Oakes Orchard Osprey Page Parrish Pike Pine Plover Porter Potter Quill Reed Ridge Rivers Rowan Rush Sawyer Sedge
    Shaw Shepherd Shore Slate Smith Snow Sorrel Sparrow Stone Swift Tanner Teal Thatcher Thorne Tiller Vale Vane
    Wainwright Walker Warren Waters Weaver West Wheeler Whitlock Willow Winter Wood Yarrow Yates York
    """.split()
)
FACTORIES = tuple(
    """
    Mill Forge Orchard Quarry Bakery Weavery Brewery Sawmill Pottery Dairy Foundry Tannery Vineyard Smithy Ropery
    Glassworks Fishery Saltworks Apiary Cannery Printworks Boatyard Kiln Granary
    """.split()
)


@lru_cache(maxsize=64)
def _order(seed: int, purpose: int, count: int) -> list[int]:
    """A shuffled range (Fisher & Yates)."""
    draw, order = Draw(seed, purpose), list(range(count))
    for i in range(count - 1, 0, -1):
        j = draw.pick(i + 1)
        order[i], order[j] = order[j], order[i]
    return order


def name(seed: int, number: int) -> str:
    """The name of the resident with this number: "Ada", later "Ada Ashby", later "Ada Ashby 2". None twice."""
    given = _order(seed, 1, len(GIVEN))
    first = GIVEN[given[number % len(GIVEN)]]
    if number < len(GIVEN):
        return first
    bynames = _order(seed, 2, len(BYNAMES))
    later, place = divmod(number - len(GIVEN), len(GIVEN))
    turn, shift = divmod(later, len(BYNAMES))
    byname = BYNAMES[bynames[(shift + place) % len(BYNAMES)]]  # shifted, so that neighbours in number differ in both
    return f"{first} {byname}" if turn == 0 else f"{first} {byname} {turn + 1}"


def names(seed: int, count: int) -> list[str]:
    """The first `count` names of a community; more names never change the earlier ones."""
    return [name(seed, number) for number in range(count)]


def factory_name(number: int) -> str:
    """The name of the factory with this number: "Mill", "Forge", ... and "Mill 2" once all are used."""
    turn, place = divmod(number, len(FACTORIES))
    return FACTORIES[place] if turn == 0 else f"{FACTORIES[place]} {turn + 1}"
