#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the lists and the events of examples/. The campaigns (*.toml) there are written by hand.

    tools/make_examples.py            writes them
    tools/make_examples.py --check    exit 1 if a committed file differs from what would be written

Each list has a seed of its own, so a change of one leaves the others alone. No clock is read: the
lists are meant to be screened on 2026-11-26. Nobody in them exists. The traps: examples/README.md.
"""
import argparse
import csv
import datetime
import io
import json
import pathlib
import random
import sys
import unicodedata

EXAMPLES = pathlib.Path(__file__).resolve().parent.parent / "examples"
DAY = datetime.date

FIRST_NAMES = """Adèle Agathe Aïcha Alban Alexandre Amélie Anaïs André Anne-Laure Antonin
Aurélien Baptiste Béatrice Benoît Camille Capucine Cédric Céline Chloé Clémence Corentin Damien
Daphné Delphine Édouard Élise Émile Éric Estelle Étienne Eugénie Fabrice Fanny Félix Florian
François Françoise Gaël Garance Gérard Guénolé Hélène Hervé Hugo Inès Jean-Baptiste Jeanne
Jérôme Joëlle Julien Karim Laëtitia Léa Léonard Loïc Louis Maëlle Malik Marceau Marie-Ange
Mathilde Maxime Mélanie Mireille Nadia Noël Noémie Océane Odile Pauline Pierre-Yves Quentin
Rachid Raphaël Régine Rémi Romane Samia Sébastien Solène Stéphane Sylvain Théo Thérèse Valérie
Victoire Xavier Yannick Yasmina Zoé""".split()

LAST_NAMES = """Abadie Arnoux Aubertin Baudouin Béranger Blanchet Boisseau Bonnefoy Bourdon
Brémond Cazenave Chabert Champion Charpentier Chevallier Clairvaux Cordier Coudray Crespin
Darmon Debray Delaunay Delcourt Desjardins Dieudonné Drouet Dubreuil Dufour Durand Estève Fauvel
Ferrand Fontenay Foucault Fournel Gaillard Garnier Gauthier Géraud Gilbert Gosselin Guérin
Guichard Hamelin Haddad Hébrard Hénaff Imbert Jacquet Jaouen Joubert Kerbrat Labrousse Lacombe
Lagarde Lambert Lecœur Lefèvre Legoff Lemoine Lhermitte Loubet Maillard Marchetti Massé
Mercadier Mézière Monnier Moreau Navarro Noizet Ollivier Pacaud Paillet Pasquier Péchard Perrot
Pichon Poirier Prévost Quéméner Rambaud Renaudin Ribière Rivoire Roussel Sabatier Sauvage Séguin
Tanguy Tessier Thévenet Tixier Vasseur Verdier Vidal Villeneuve Wagner Yvon D'Hervé D'Amico
L'Hostis N'Diaye""".split()

TRADES = [("Boulangerie", "boulangerie"), ("Menuiserie", "menuiserie"), ("Garage", "garage"),
          ("Transports", "transports"), ("Imprimerie", "imprimerie"),
          ("Conserverie", "conserverie"),
          ("Clinique", "clinique"), ("Fromagerie", "fromagerie"), ("Pépinières", "pepinieres"),
          ("Ébénisterie", "ebenisterie"), ("Hôtel", "hotel"), ("Charpentes", "charpentes"),
          ("Cabinet", "cabinet"), ("Ateliers", "ateliers"), ("Brasserie", "brasserie")]
LEGAL_FORMS = ["SARL", "SAS", "SA", "EURL", "& Fils", "et associés"]

TOWNS = [("75011", "Paris"), ("13006", "Marseille"), ("69003", "Lyon"), ("31000", "Toulouse"),
         ("06000", "Nice"), ("44000", "Nantes"), ("33000", "Bordeaux"), ("59000", "Lille"),
         ("35000", "Rennes"), ("29200", "Brest"), ("94240", "L'Haÿ-les-Roses"),
         ("01000", "Bourg-en-Bresse"),
         ("21000", "Dijon"), ("63000", "Clermont-Ferrand"), ("87000", "Limoges"), ("64000", "Pau"),
         ("74000", "Annecy"), ("20000", "Ajaccio"), ("67000", "Strasbourg"), ("68100", "Mulhouse"),
         ("57000", "Metz"), ("80000", "Amiens"), ("37000", "Tours"),
         ("08000", "Charleville-Mézières")]
OVERSEAS = [("97110", "Pointe-à-Pitre", "0690"), ("97200", "Fort-de-France", "0696"),
            ("97300", "Cayenne", "0694"), ("97400", "Saint-Denis", "0692"),
            ("97410", "Saint-Pierre", "0692"), ("97150", "Saint-Martin", "0690")]
STREETS = ["rue des Lilas", "avenue de l'Exemple", "place du Marché", "impasse du Four à Chaux",
           "chemin de la Fontaine", "boulevard de la Liberté", "quai de l'Écluse"]

WEBMAIL = ["webmail.example", "courrier.example"]
GENERIC = ["contact", "accueil", "service-client", "info", "secretariat", "facturation", "achats"]
# Reserved by the French numbering plan for works of fiction.
FICTION_FIXED = ["019900", "026191", "035301", "046571", "053649"]
FICTION_MOBILE = "063998"

TITLES_CONCRETE = ["DRH", "Directrice des ressources humaines", "Responsable paie",
                   "Gestionnaire de paie", "Chargée RH", "Responsable des ressources humaines",
                   "Assistant RH et paie"]
TITLES_RELATED = ["Gérant", "Gérante", "Directeur général", "DAF", "Comptable", "Expert-comptable",
                  "Directrice administrative et financière"]
TITLES_OTHER = ["Boulanger", "Chef de projet informatique", "Responsable marketing", "Magasinier",
                "Conductrice de travaux", "Webmestre", "Responsable qualité", "Acheteuse", ""]

OLD = (DAY(2021, 1, 11), DAY(2023, 11, 20))
RECENT = (DAY(2024, 1, 8), DAY(2026, 11, 20))
# Around the three years that end on 2026-11-26.
EDGES = [DAY(2023, 11, 24), DAY(2023, 11, 25), DAY(2023, 11, 26), DAY(2023, 11, 27)]


def plain(text):
    """Drops accents and all but letters, digits and hyphens."""
    text = text.replace("œ", "oe").replace("æ", "ae")
    text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "".join(c for c in text.replace(" ", "-") if c.isalnum() or c == "-")


class Maker:
    """Invents the people of one list, no two with one address."""

    def __init__(self, seed):
        self.rng = random.Random("licet " + seed)
        self.used = set()

    def pick(self, items):
        return self.rng.choice(items)

    def chance(self, percent):
        return self.rng.randrange(100) < percent

    def day(self, span):
        return span[0] + datetime.timedelta(days=self.rng.randrange((span[1] - span[0]).days + 1))

    def hour(self):
        return f"{self.rng.randrange(8, 20):02d}:{self.rng.randrange(60):02d}"

    def name(self):
        return self.pick(FIRST_NAMES), self.pick(LAST_NAMES)

    def company(self):
        """Gives a name and its domain."""
        trade, stem = self.pick(TRADES)
        last = self.pick(LAST_NAMES)
        return f"{trade} {last} {self.pick(LEGAL_FORMS)}", f"{stem}-{plain(last)}.example"

    def address(self, first, last, domain):
        local = self.pick([f"{plain(first)}.{plain(last)}", f"{plain(first)[0]}.{plain(last)}"])
        tried, number = f"{local}@{domain}", 2
        while tried in self.used:
            tried, number = f"{local}{number}@{domain}", number + 1
        self.used.add(tried)
        return tried

    def mobile(self):
        return FICTION_MOBILE + f"{self.rng.randrange(10000):04d}"

    def fixed(self):
        return self.pick(FICTION_FIXED) + f"{self.rng.randrange(10000):04d}"

    def street(self):
        return f"{self.rng.randrange(1, 180)} {self.pick(STREETS)}"

    def siren(self):
        """Nine digits with a right check digit, in a block (0000) that is not given out."""
        stem = "0000" + f"{self.rng.randrange(10000):04d}"
        odd = sum(int(c) for c in stem[0::2])
        even = sum(sum(divmod(2 * int(c), 10)) for c in stem[1::2])
        return stem + str(-(odd + even) % 10)

    def title(self):
        kind = self.rng.randrange(100)
        if kind < 50:
            return self.pick(TITLES_CONCRETE)
        return self.pick(TITLES_RELATED if kind < 75 else TITLES_OTHER)

    def last_act(self, until=RECENT[1]):
        return self.day(OLD) if self.chance(18) else self.day((RECENT[0], until))


def spaced(phone):
    return " ".join(phone[i:i + 2] for i in range(0, 10, 2))


def international(phone):
    return f"+33 {phone[1]} " + " ".join(phone[i:i + 2] for i in range(2, 10, 2))


def french(day):
    return day.strftime("%d/%m/%Y")


class List:
    """A file: its header and rows. A row is a list of cells, so that a row may be too long."""

    def __init__(self, header):
        self.header = header
        self.rows = []

    def add(self, **cells):
        self.rows.append([cells.get(key, "") for key in self.header])

    def put(self, rows, **cells):
        """Overwrites cells of one row or of several; `_` in a name stands for a space."""
        for at in [rows] if isinstance(rows, int) else rows:
            for key, value in cells.items():
                known = key if key in self.header else key.replace("_", " ")
                self.rows[at][self.header.index(known)] = value

    def repeat(self, at, **cells):
        """Makes the next row a copy of this one, but for some cells."""
        self.rows[at + 1] = self.rows[at][:]
        self.put(at + 1, **cells)

    def at(self, at, key):
        return self.rows[at][self.header.index(key)]

    def domain(self, at, key="Email"):
        return self.at(at, key).split("@")[1]

    def bytes(self, delimiter, encoding, line_end="\n", quoting=csv.QUOTE_MINIMAL):
        out = io.StringIO()
        writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
        writer.writerow(self.header)
        writer.writerows(self.rows)
        return out.getvalue().encode(encoding)


HUBSPOT = ["Record ID", "First Name", "Last Name", "Email", "Phone Number", "Mobile Phone Number",
           "Job Title", "Company Name", "Postal Code", "City", "Country/Region", "Lead Status",
           "Marketing contact status", "Unsubscribed from all email",
           "Legal basis for processing contact's data", "Create Date", "Last Activity Date"]


def hubspot():
    make, out = Maker("hubspot"), List(HUBSPOT)
    bases = ["Legitimate interest – prospect/lead"] * 6 + ["Freely given consent from contact", "",
                                                          "Legitimate interest – other"]
    for number in range(450):
        first, last = make.name()
        company, domain = make.company()
        acted = make.last_act()
        made = make.day((DAY(2020, 9, 15), acted))
        zip_code, town = make.pick(TOWNS)
        out.add(**{
            "Record ID": str(70200451 + 7 * number), "First Name": first, "Last Name": last,
            "Email": make.address(first, last, make.pick(WEBMAIL) if make.chance(6) else domain),
            "Phone Number": spaced(make.fixed()) if make.chance(60) else "",
            "Mobile Phone Number": international(make.mobile()) if make.chance(35) else "",
            "Job Title": make.title(), "Company Name": company, "Postal Code": zip_code,
            "City": town, "Country/Region": "France" if make.chance(80) else "",
            "Lead Status": make.pick(["New", "Open", "In progress", "Unqualified", ""]),
            "Marketing contact status": make.pick(["Marketing contact", "Non-marketing contact"]),
            "Unsubscribed from all email": "true" if make.chance(7) else make.pick(["false", ""]),
            "Legal basis for processing contact's data": make.pick(bases),
            "Create Date": f"{made} {make.hour()}", "Last Activity Date": f"{acted} {make.hour()}"})
    hubspot_traps(out)
    return out


def hubspot_traps(out):
    for at, local in zip((12, 57, 101, 163, 222, 301, 377), GENERIC):  # mailboxes that name nobody
        out.put(at, Email=f"{local}@{out.domain(at)}", First_Name="", Last_Name="")
    for at, day in zip((20, 21, 22, 23), EDGES):
        out.put(at, Create_Date="2021-09-16 10:00", Last_Activity_Date=f"{day} 10:00",
                Job_Title="Responsable paie")
    for at, word, zip_code, town in ((40, "Belgium", "1000", "Bruxelles"),
                                     (41, "Germany", "10115", "Berlin"), (42, "Inconnu", "", ""),
                                     (43, "Atlantide", "00000", "Poséidonis")):
        out.put(at, **{"Country/Region": word, "Postal Code": zip_code, "City": town,
                       "Phone Number": "", "Mobile Phone Number": ""})
    for at, (zip_code, town, prefix) in zip((60, 61), (OVERSEAS[0], OVERSEAS[3])):
        out.put(at, Postal_Code=zip_code, City=town,
                Mobile_Phone_Number=spaced(prefix + f"00{4100 + at}"))
    for at, address in ((80, "a@b@c"), (81, ""), (82, "prénom.nom@")):
        out.put(at, Email=address)
    out.put(90, First_Name='=HYPERLINK("http://piege.example/";"Cliquez ici")')
    out.put(91, Company_Name='+33 cents "Au Bon Compte", dépôt-vente')
    out.put(92, Company_Name="Ateliers \"L'Œuvre & Cie\", Père, Fils et Petites-Filles")
    out.put(110, Job_Title="Responsable paie, RH\net juridique")
    out.repeat(119)
    out.put(130, Unsubscribed_from_all_email="false")
    out.repeat(130, Email=out.at(130, "Email").upper(), Unsubscribed_from_all_email="TRUE",
               Record_ID="70999131")
    out.rows[140].append("colonne en trop")
    out.put(150, Last_Activity_Date="31/02/2026")


BREVO = ["EMAIL", "FIRSTNAME", "LASTNAME", "SMS", "OPT_IN", "DOUBLE_OPT-IN", "ADDED_TIME"]


def brevo():
    make, out = Maker("brevo"), List(BREVO)
    for _ in range(400):
        first, last = make.name()
        domain = make.pick(WEBMAIL) if make.chance(92) else f"famille-{plain(last)}.example"
        opted = make.chance(70)
        out.add(EMAIL=make.address(first, last, domain), FIRSTNAME=first, LASTNAME=last.upper(),
                SMS="33" + make.mobile()[1:] if make.chance(45) else "",
                OPT_IN="Oui" if opted else "Non",
                **{"DOUBLE_OPT-IN": "Oui" if opted and make.chance(50) else "Non",
                   "ADDED_TIME": f"{french(make.last_act())} {make.hour()}"})
    for at, local in zip((31, 77, 303), ("contact", "accueil", "bonjour")):
        out.put(at, EMAIL=f"{local}@{make.company()[1]}")
    out.put((50, 51), SMS="3,36399E+10")  # what a spreadsheet makes of a long number
    for at, prefix in ((55, "590690"), (56, "262692")):
        out.put(at, SMS=prefix + f"00{5100 + at}")
    out.put(60, FIRSTNAME="Marie; dite « Mimi »")
    out.put(61, LASTNAME='D\'ARTAGNAN "LE JEUNE"')
    out.put(62, FIRSTNAME="@Zoé")
    out.put(63, FIRSTNAME="-Jean")
    out.put(90, EMAIL="a@b@c")
    out.put(100, **{"OPT_IN": "Oui", "DOUBLE_OPT-IN": "Oui"})
    # The same box, opted out.
    out.repeat(100, **{"EMAIL": out.at(100, "EMAIL").replace("@", "+promo@"),
                       "OPT_IN": "Non", "DOUBLE_OPT-IN": "Non"})
    out.repeat(110)
    for at, day in zip((120, 121, 122, 123), EDGES):
        out.put(at, ADDED_TIME=f"{french(day)} 10:00", OPT_IN="Oui")
    out.put(130, ADDED_TIME="")
    out.rows[140].extend(["", "x"])
    return out


DOLIBARR = ["Id contact", "Titre civilité", "Nom", "Prénom", "Tiers", "Code client",
            "Type du tiers", "Client", "Statut prospection", "Adresse", "Code postal", "Ville",
            "Pays", "Téléphone", "Tél portable", "Email", "Poste/Fonction", "SIREN",
            "Date création",
            "Date dernière commande", "Famille"]
EXPORTED = DAY(2026, 8, 7)  # the eve of the week-end before the law on calls changes
FAMILIES = ["piscine"] * 6 + ["mobilier de jardin"] * 3 + ["spa"] * 2


def dolibarr_row(make, number):
    first, last = make.name()
    business = make.chance(30)
    company, domain = make.company()
    standing = make.pick(["1"] * 7 + ["2", "2", "3", "0"])  # neither 0, customer 1, prospect 2
    acted = make.last_act(EXPORTED)
    zip_code, town = make.pick(TOWNS)
    bought = standing in "13"
    return {
        "Id contact": str(number + 1), "Titre civilité": make.pick(["M.", "Mme"]),
        "Nom": last, "Prénom": first, "Code client": f"CU{2100 + number:05d}",
        "Tiers": company if business else f"{last} {first}", "Client": standing,
        "Type du tiers": make.pick(["TPE", "PME/PMI"]) if business else "Particulier",
        "Statut prospection": "Ne pas contacter" if make.chance(3) else
                              make.pick(["Contact réalisé", "Contact en cours", "Jamais contacté"]),
        "Adresse": make.street(), "Code postal": zip_code, "Ville": town, "Pays": "France",
        "Téléphone": make.fixed() if make.chance(55) else "",
        "Tél portable": spaced(make.mobile()) if make.chance(75) else "",
        "Email": make.address(first, last, domain if business else make.pick(WEBMAIL))
                 if make.chance(92) else "",
        "Poste/Fonction": make.pick(["Gérant", "Comptable", "Intendante"]) if business else "",
        "SIREN": make.siren() if business else "",
        "Date création": french(make.day((DAY(2020, 3, 2), acted))),
        "Date dernière commande": french(acted) if bought else "",
        "Famille": make.pick(FAMILIES) if bought else ""}


def dolibarr():
    make, out = Maker("dolibarr"), List(DOLIBARR)
    for number in range(400):
        out.add(**dolibarr_row(make, number))
    for at in list(range(30, 42)) + [200, 201, 202]:  # the spreadsheet has eaten the leading zeros
        for key in ("Téléphone", "Tél portable", "Code postal"):
            out.put(at, **{key: out.at(at, key).replace(" ", "").lstrip("0")})
    out.put(200, Code_postal="6000", Ville="Nice")
    for at, (zip_code, town, prefix) in zip(range(50, 56), OVERSEAS):
        out.put(at, Code_postal=zip_code, Ville=town, Téléphone="",
                Tél_portable=spaced(prefix + f"00{6100 + at}"))
    for at, word, zip_code, town in ((60, "Belgique", "4000", "Liège"),
                                     (61, "Allemagne", "77694", "Kehl"), (62, "?", "", "")):
        out.put(at, Pays=word, Code_postal=zip_code, Ville=town, Téléphone="", Tél_portable="")
    for at, local in zip((70, 71, 72, 73), GENERIC):
        company, domain = make.company()
        out.put(at, Email=f"{local}@{domain}", Tiers=company, Type_du_tiers="PME/PMI",
                SIREN=make.siren(), Nom="", Prénom="", Titre_civilité="")
    for at in (80, 81):
        out.put(at, Adresse=f"{make.street()}\r\nBâtiment C ; 2e étage\r\nentrée « Les Œillets »")
    for at, day in zip((82, 83, 84, 85), EDGES):
        out.put(at, Client="1", Famille="piscine", Date_création="03/03/2021",
                Date_dernière_commande=french(day))
    out.put(90, Client="1", Date_dernière_commande="31/02/2026")
    out.put(91, Tiers='Restaurant "Au P\'tit Creux" ; bar, tabac')
    out.put(92, Nom="=1+1")
    out.put(100, Statut_prospection="Contact réalisé")
    out.repeat(100, Id_contact="9101", Code_client="CU09101", Statut_prospection="Ne pas contacter")
    out.rows[110].extend(["", "5 €"])
    out.put(111, Téléphone="poste 12")
    out.put(112, Tél_portable="06 39 98 12")
    return out


SALESFORCE = ["Id", "Salutation", "FirstName", "LastName", "Company", "Title", "Email", "Phone",
              "MobilePhone", "Street", "City", "PostalCode", "Country", "LeadSource", "Status",
              "HasOptedOutOfEmail", "DoNotCall", "CreatedDate", "LastActivityDate"]
LEAD_SOURCES = (["Fichier acheté"] * 8 + ["LinkedIn"] * 4 + ["Annuaire professionnel"] * 2 +
                ["Salon"] * 3 + ["Site web"] * 2 + ["Recommandation"])


def salesforce():
    make, out = Maker("salesforce"), List(SALESFORCE)
    for number in range(350):
        first, last = make.name()
        company, domain = make.company()
        zip_code, town = make.pick(TOWNS)
        made = make.day(OLD) if make.chance(15) else make.day((DAY(2024, 3, 4), DAY(2026, 11, 16)))
        acted = make.day((made, RECENT[1])) if make.chance(30) else ""
        out.add(Id=f"00Q5e00000{number:05d}EAA", Salutation=make.pick(["M.", "Mme", ""]),
                FirstName=first, LastName=last, Company=company, Title=make.title(),
                Email=make.address(first, last, make.pick(WEBMAIL) if make.chance(5) else domain),
                Phone=make.fixed() if make.chance(70) else "",
                MobilePhone=international(make.mobile()) if make.chance(30) else "",
                Street=make.street(), City=town, PostalCode=zip_code,
                Country=make.pick(["France", "France", "FR", ""]),
                LeadSource=make.pick(LEAD_SOURCES),
                Status=make.pick(["Open - Not Contacted", "Working - Contacted",
                                  "Closed - Not Converted"]),
                HasOptedOutOfEmail="true" if make.chance(5) else "false",
                DoNotCall="true" if make.chance(8) else "false",
                CreatedDate=f"{made}T{make.hour()}:00.000+0000", LastActivityDate=str(acted))
    salesforce_traps(make, out)
    return out


def salesforce_traps(make, out):
    for at, local in zip((15, 88, 140, 199, 260), ("contact", "accueil", "standard", "rh", "info")):
        out.put(at, Email=f"{local}@{out.domain(at)}", FirstName="", LastName="[not provided]")
    out.put(30, Company='=HYPERLINK("http://piege.example/","Facture")')
    out.put(31, Title="@SUM(1+1)*cmd|' /C calc'!A0")
    for at in (40, 41):
        out.put(at, Street=f"Zone artisanale, lot {at}\n{make.street()}\nCS 20{at}")
    out.put(50, Company='SARL "Chez l\'Ami", bar, hôtel')
    for at, word, zip_code, town in ((60, "Belgium", "5000", "Namur"),
                                     (61, "Germany", "50667", "Köln"), (62, "XX", "", "")):
        out.put(at, Country=word, PostalCode=zip_code, City=town, Phone="", MobilePhone="")
    out.put(70, Email="a@b@c")
    for at, source in ((71, ""), (72, "Pigeon voyageur"), (73, "FICHIER ACHETE")):
        out.put(at, LeadSource=source)
    out.put(80, DoNotCall="false")
    out.repeat(80, Id="00Q5e0000009981EAA", DoNotCall="true")  # bought from two sellers
    out.put(90, CreatedDate="2026-02-31T09:00:00.000+0000")
    out.rows[100].append("?")


MAILCHIMP = ["Email Address", "First Name", "Last Name", "Phone Number", "Address",
             "Derniere commande", "Famille", "MEMBER_RATING", "OPTIN_TIME", "OPTIN_IP",
             "CONFIRM_TIME", "CONFIRM_IP", "CC", "LAST_CHANGED", "NOTES", "TAGS",
             "UNSUB_TIME", "UNSUB_REASON"]
SHOP_FAMILIES = ["tisane"] * 6 + ["vaisselle"] * 2 + ["bougie"] * 2


def mailchimp(subscribers):
    make, out = Maker("mailchimp"), List(MAILCHIMP)
    for _ in range(250):
        first, last = make.name()
        ordered = make.last_act()
        opted = make.chance(45)
        confirmed = opted and make.chance(60)
        gone = make.chance(12)
        moment = f"{ordered} {make.hour()}:07"
        zip_code, town = make.pick(TOWNS)
        address = f"192.0.2.{make.rng.randrange(1, 255)}"  # a range for documentation
        out.add(**{
            "Email Address": make.address(first, last, make.pick(WEBMAIL)), "First Name": first,
            "Last Name": last, "Phone Number": make.mobile() if make.chance(40) else "",
            "Address": f"{make.street()}, {zip_code} {town}, FR", "Derniere commande": str(ordered),
            "Famille": make.pick(SHOP_FAMILIES), "MEMBER_RATING": str(make.rng.randrange(1, 6)),
            "OPTIN_TIME": moment if opted else "", "OPTIN_IP": address if opted else "",
            "CONFIRM_TIME": moment if confirmed else "", "CONFIRM_IP": address if confirmed else "",
            "CC": "FR" if make.chance(70) else "", "LAST_CHANGED": moment,
            "TAGS": '"cliente","boutique"',
            "UNSUB_TIME": f"{make.day((ordered, DAY(2026, 11, 23)))} 08:15:00" if gone else "",
            "UNSUB_REASON": make.pick(["NO_LONGER_INTERESTED", "TOO_OFTEN"]) if gone else ""})
    for at, other in ((20, 10), (21, 11), (22, 12)):  # also in the newsletter; left here only
        out.put(at, Email_Address=subscribers.at(other, "EMAIL"), UNSUB_TIME="2026-10-02 07:45:00",
                First_Name=subscribers.at(other, "FIRSTNAME"),
                Last_Name=subscribers.at(other, "LASTNAME").title(), UNSUB_REASON="TOO_OFTEN")
    for at in (30, 31):
        out.put(at, Address=f"{make.street()}\nRésidence « Le Clos », bât. B\n29200 Brest\nFR")
    out.put(40, NOTES='=HYPERLINK("http://piege.example/","avis")')
    out.put(41, NOTES="dit « plus jamais de mail », au téléphone, le 3 mars")
    for at, code in ((50, "BE"), (51, "DE"), (52, "ZZ")):
        out.put(at, CC=code)
    out.put(60, Email_Address="a@b@c")
    out.repeat(70, Email_Address=out.at(70, "Email Address").title())
    none = dict.fromkeys(MAILCHIMP[8:12] + MAILCHIMP[16:], "")  # no opt-in, no unsubscription
    for at, day in zip((80, 81, 82, 83), EDGES):
        out.put(at, Derniere_commande=str(day), Famille="tisane",
                LAST_CHANGED=f"{day} 10:00:00", **none)
    return out


ODOO = ["id", "name", "email", "company_name", "function", "mobile", "country_id", "list_ids",
        "opt_out", "opt_out_datetime", "is_blacklisted", "message_bounce", "create_date"]


def odoo(leads):
    make, out = Maker("odoo"), List(ODOO)
    for number in range(150):
        first, last = make.name()
        company, domain = make.company()
        opted_out = make.chance(8)
        out.add(id=f"__export__.mailing_contact_{410 + number}_9be3", name=f"{first} {last}",
                email=make.address(first, last, make.pick(WEBMAIL) if make.chance(6) else domain),
                company_name=company, function=make.title(),
                mobile=international(make.mobile()) if make.chance(40) else "",
                country_id="France" if make.chance(85) else "",
                list_ids="Salon de l'Exemple RH 2026", opt_out="True" if opted_out else "False",
                opt_out_datetime="2026-10-20 06:30:00" if opted_out else "",
                is_blacklisted="True" if make.chance(3) else "False",
                message_bounce=str(make.rng.randrange(3)),
                create_date=f"2026-10-0{6 + number % 3} 14:{number % 60:02d}:00")
    for at, other in ((10, 5), (11, 6)):  # met at the fair, and bought in the Salesforce list
        out.put(at, email=leads.at(other, "Email"), company_name=leads.at(other, "Company"),
                name=f"{leads.at(other, 'FirstName')} {leads.at(other, 'LastName')}")
    here = {at: (out.at(at, "email"), out.domain(at, "email")) for at in range(20, 25)}
    out.put(20, email="rh@" + here[20][1])
    out.put(21, email="secretariat@" + here[21][1])
    out.put(22, email=f"\"{out.at(22, 'name')}\" <{here[22][0]}>")
    out.put(23, email=f"{here[23][0]}; accueil@{here[23][1]}")
    out.put(24, email=f"  {here[24][0]} ")
    for at, country in ((30, "Belgique"), (31, "Allemagne"), (32, "False")):
        out.put(at, country_id=country)
    out.put(40, name='=HYPERLINK("http://piege.example/","carte")')
    out.put(41, company_name='Hôtel "L\'Étape", bar, restaurant')
    out.repeat(50)
    del out.rows[60][9:]  # a row cut short
    return out


def lists():
    made = {"hubspot-webinaire.csv": hubspot(), "brevo-newsletter.csv": brevo(),
            "dolibarr-clients.csv": dolibarr(), "salesforce-leads.csv": salesforce()}
    made["mailchimp-boutique.csv"] = mailchimp(made["brevo-newsletter.csv"])
    made["odoo-salon.csv"] = odoo(made["salesforce-leads.csv"])
    return made


DIALECTS = {
    "hubspot-webinaire.csv": (",", "utf-8", "\n", csv.QUOTE_MINIMAL),
    "brevo-newsletter.csv": (";", "utf-8-sig", "\n", csv.QUOTE_MINIMAL),
    "dolibarr-clients.csv": (";", "cp1252", "\r\n", csv.QUOTE_MINIMAL),
    "salesforce-leads.csv": (",", "utf-8", "\n", csv.QUOTE_ALL),
    "mailchimp-boutique.csv": (",", "utf-8", "\n", csv.QUOTE_MINIMAL),
    "odoo-salon.csv": (",", "utf-8-sig", "\n", csv.QUOTE_ALL),
}

VALID = {"consent.act": "clear", "consent.informed": "yes", "consent.granular": "yes",
         "consent.proof": "individual", "consent.sender_named": "this_sender",
         "consent.covers_channel": "yes", "consent.covers_purpose": "yes",
         "consent.covers_sender": "yes"}
VALID_CALL = {**VALID, "consent.phone_mentions": "yes", "consent.slot": "no",
              "consent.out_of_hours": "no"}
# Each of these spoils a consent to e-mail.
FLAWS = [{"consent.act": "preticked"}, {"consent.act": "preticked"}, {"consent.act": "preticked"},
         {"consent.act": "bundled_with_terms"}, {"consent.act": "silence"},
         {"consent.proof": "contract_warranty"}, {"consent.sender_named": "group"},
         {"consent.granular": "no"}]


class Events:
    """Lines of `licet record --jsonl`; what is empty is left out."""

    def __init__(self):
        self.lines = []

    def add(self, kind, on, surface, attributes=None, **who):
        names = ("email", "phone", "channel", "purpose")
        line = {"kind": kind, **{name: who.get(name) for name in names}, "on": on,
                "surface": surface, "attributes": attributes}
        if kind == "call_attempt":
            # Attempts are counted: without a key, recording the file again would count them twice.
            line["key"] = "call-%d" % (len(self.lines) + 1)
        self.lines.append({key: value for key, value in line.items() if value})

    def text(self):
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.lines)


def mail_events(out, readers, shop):
    """Consumers, by e-mail: who said yes, who said it badly, who said no."""
    def ask(at):
        return {"email": readers.at(at, "EMAIL"), "channel": "email", "purpose": "commercial"}

    def stop(at):
        return {"email": readers.at(at, "EMAIL"), "channel": "email"}
    for at in range(200, 214):
        proof = "double_opt_in" if at % 3 == 0 else "individual"
        out.add("consent_given", f"2026-0{1 + at % 8}-1{at % 9}", "page",
                {**VALID, "consent.proof": proof}, **ask(at))
    for at, flaw in enumerate(FLAWS, 220):
        out.add("consent_given", "2026-04-07", "page", {**VALID, **flaw}, **ask(at))
    out.add("consent_withdrawn", "2026-09-30", "page", **ask(206))
    out.add("consent_withdrawn", "2026-10-01", "mail", **ask(207))
    # No, then later a clear yes: the yes counts. And the other way round: the no counts.
    out.add("objection", "2026-01-05", "page", **stop(230))
    out.add("consent_given", "2026-06-12", "page", VALID, **ask(230))
    out.add("consent_given", "2026-02-05", "page", VALID, **ask(231))
    out.add("objection", "2026-06-12", "page", **stop(231))
    # Written otherwise than in the list, after the consent: capitals, a plus-tag, every channel.
    out.add("objection", "2026-10-04", "mail", email=ask(202)["email"].upper(), channel="email")
    out.add("objection", "2026-10-11", "mail", channel="email",
            email=ask(203)["email"].replace("@", "+lettre@"))
    out.add("objection", "2026-10-18", "phone", email=ask(204)["email"])
    for at in (90, 91, 92):
        out.add("objection", "2026-10-20", "page", email=shop.at(at, "Email Address"),
                channel="email")
    # Customers whose last order is three years old: the click of 80 keeps the record alive.
    for at, act in ((80, "click"), (100, "click"), (101, "order"), (102, "order"), (103, "reply")):
        out.add("interaction", "2026-08-21", "mail", {"act": act},
                email=shop.at(at, "Email Address"))


def business_events(out, webinar, leads):
    """B2B: the stops, and what was told."""
    for at in (200, 201, 202):
        out.add("objection", "2026-10-05", "page", email=webinar.at(at, "Email"), channel="email")
    for at in (200, 201):
        out.add("objection", "2026-06-23", "mail", email=leads.at(at, "Email"))
    out.add("objection", "2026-06-24", "phone", email=leads.at(202, "Email"), channel="live_call")
    for at, act in ((20, "click"), (210, "inquiry")):
        out.add("interaction", "2026-09-15", "page", {"act": act}, email=webinar.at(at, "Email"))
    out.add("collected", "2026-09-15", "page",
            {"origin": "person_other", "origin.optout_offered": "yes", "origin.informed": "yes",
             "origin.same_sender": "yes"}, email=webinar.at(211, "Email"))
    for at in (210, 211):
        out.add("informed", "2026-07-01", "mail", email=leads.at(at, "Email"), channel="email")


def call_events(out, customers):
    """Calls around 2026-08-11: consents with and without the mentions, refusals, a callback."""
    people = [at for at in range(120, len(customers.rows))
              if customers.at(at, "Type du tiers") == "Particulier" and customers.at(at, "Email")
              and customers.at(at, "Tél portable").startswith("06 39")
              and customers.at(at, "Statut prospection") != "Ne pas contacter"]

    def line(index):
        return {"phone": customers.at(people[index], "Tél portable"), "channel": "live_call"}

    def ask(index):
        return {**line(index), "purpose": "commercial"}
    for index in range(8):
        out.add("consent_given", f"2026-07-1{index}", "page", VALID_CALL, **ask(index))
    for index, flaw in ((8, {"consent.phone_mentions": "no"}),
                        (9, {"consent.phone_mentions": "no"}), (10, {"consent.act": "preticked"})):
        out.add("consent_given", "2026-07-06", "page", {**VALID_CALL, **flaw}, **ask(index))
    out.add("consent_withdrawn", "2026-08-04", "phone", **ask(0))
    for index in (11, 12):  # the list says 06 39 ..., the objection +33 6 39 ...: one line
        other = international(line(index)["phone"].replace(" ", ""))
        out.add("objection", "2026-07-20", "phone", phone=other, channel="live_call")
    out.add("objection", "2026-07-21", "page", phone=line(13)["phone"],
            email=customers.at(people[13], "Email"))
    out.add("callback_requested", "2026-08-07", "page", {"object": "piscine"}, **line(14))
    out.add("call_attempt", "2026-07-15", "phone", {"outcome": "refused"}, **line(15))
    for day in ("2026-07-13", "2026-07-16", "2026-07-21", "2026-07-24"):
        out.add("call_attempt", day, "phone", {"outcome": "unanswered"}, **line(16))
    out.add("interaction", "2026-08-05", "phone", {"act": "order"}, phone=line(17)["phone"],
            email=customers.at(people[17], "Email"))


def files():
    """Gives every made file: its name and its bytes."""
    made = lists()
    out = {name: made[name].bytes(dialect[0], dialect[1], dialect[2], dialect[3])
           for name, dialect in DIALECTS.items()}
    events = Events()
    mail_events(events, made["brevo-newsletter.csv"], made["mailchimp-boutique.csv"])
    business_events(events, made["hubspot-webinaire.csv"], made["salesforce-leads.csv"])
    call_events(events, made["dolibarr-clients.csv"])
    out["evenements.jsonl"] = events.text().encode()
    return out


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--check", action="store_true",
                        help="only compare with the committed files")
    check = parser.parse_args().check
    stale = []
    for name, made in files().items():
        path = EXAMPLES / name
        if check and (not path.is_file() or path.read_bytes() != made):
            stale.append(name)
        elif not check:
            path.write_bytes(made)
    for name in stale:
        print(f"examples/{name}: differs from what tools/make_examples.py makes", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
