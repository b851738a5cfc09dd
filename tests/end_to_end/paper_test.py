# SPDX-License-Identifier: Apache-2.0
"""Goal: show that documents come out of one file of facts, that what goes out of date is told with
its cause, and that bad facts are told and make no document.
Method: the example organisation in a workspace of its own; the program that LICET names does the
rest.
"""
import csv
import datetime
import hashlib
import io
import json
import pathlib
import shutil
import tempfile
import unittest
import zipfile

from support import BAD_INPUT, EXAMPLES, MISSING_INPUT, PACKS, licet

OTHER_ANSWER = 4
LETTER = """
[request]
person = "Lou Fiction"
received_on = "2026-11-20"
stopped_on = "2026-11-21"
signatory = "Camille Exemple"
"""


class Papers(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="licet-papers-"))
        self.addCleanup(shutil.rmtree, self.folder)
        self.space = self.folder / "space"
        self.register = self.space / "organisation.toml"
        self.assertEqual(licet("init", self.space).status, 0)
        shutil.copy(EXAMPLES / "organisation.toml", self.register)

    def licet(self, *arguments, expect=0, lang="en"):
        answer = licet("--workspace", self.space, "--lang", lang, *arguments)
        if expect is not None:
            self.assertEqual(answer.status, expect, str(answer))
        return answer

    def build(self, *arguments, expect=0):
        out = self.folder / "out"
        self.licet("paper", "build", *arguments, "--out", str(out), expect=expect)
        return out

    # ---- the register ------------------------------------------------------------------------

    def test_the_example_is_complete_and_contradicts_nothing(self):
        told = self.licet("organisation", "check")
        self.assertIn("nothing contradicts it", told.out)

    def test_a_workspace_without_a_register_says_how_to_make_one(self):
        self.register.unlink()
        told = self.licet("paper", "list", expect=BAD_INPUT)
        self.assertIn("licet organisation example", told.err)
        self.register.write_text(self.licet("organisation", "example").out)
        self.licet("organisation", "check")

    def test_one_fact_is_changed_and_not_a_letter_besides(self):
        before = self.register.read_text()
        self.licet("organisation", "set", "purpose.newsletter.retention", "24")
        lines = [(a, b) for a, b in zip(before.splitlines(), self.register.read_text().splitlines())
                 if a != b]
        self.assertEqual(lines, [("retention = 36", "retention = 24")])
        shown = json.loads(self.licet("--json", "organisation", "show", "purpose.newsletter").out)
        self.assertEqual(shown["purpose.newsletter.retention"], "24")

    def test_a_value_that_a_fact_does_not_allow_is_refused_and_nothing_is_written(self):
        before = self.register.read_text()
        told = self.licet("organisation", "set", "purpose.newsletter.basis", "because",
                          expect=BAD_INPUT)
        self.assertIn("consent | contract", told.err)
        self.assertEqual(self.register.read_text(), before)

    def test_contradictions_are_told_with_place_and_article(self):
        self.licet("organisation", "set", "processor.crm.tool", "none")
        self.licet("organisation", "set", "purpose.b2b.retention", "48")
        self.licet("organisation", "set", "purpose.newsletter.basis")
        told = self.licet("organisation", "check", expect=BAD_INPUT, lang="fr")
        self.assertRegex(told.err, r"organisation\.toml:\d+:\d+: .*processor\.crm.*RGPD art\. 44")
        self.assertRegex(told.err, r"purpose\.b2b.*trois ans")
        self.assertIn("Sur quelle base repose la finalité", told.err)

    def test_the_ledger_knows_that_the_register_changed(self):
        def size():
            return json.loads(self.licet("--json", "ledger", "checkpoint").out)["size"]
        before = size()
        self.licet("organisation", "set", "purpose.newsletter.retention", "24")
        self.assertEqual(size(), before + 1)
        self.licet("organisation", "set", "purpose.newsletter.basis", "because", expect=BAD_INPUT)
        self.assertEqual(size(), before + 1)

    def test_a_processor_is_entered_once_in_the_ledger_or_in_the_file(self):
        self.licet("processor", "add", "planner", "--name", "Agenda Exemple SAS", "--kind",
                   "business", "--country", "fr", "--contract", "yes")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertIn("processor.planner.task", told.err)
        self.licet("processor", "change", "planner", "--use", "prise de rendez-vous")
        self.licet("organisation", "check")
        shown = self.licet("organisation", "show", "processor.planner.name").out
        self.assertIn("Agenda Exemple SAS", shown)
        self.assertIn("register of processors", shown)
        self.licet("organisation", "set", "purpose.b2b.processors", "planner")
        page = (self.build("privacy_prospects", "--in", "fr") / "privacy_prospects.fr.txt")
        self.assertIn("Agenda Exemple SAS", page.read_text())
        self.licet("paper", "publish", "privacy_prospects", "--in", "fr")
        self.licet("processor", "change", "planner", "--country", "be")
        state = self.state("privacy_prospects")
        self.assertEqual(state["state"], "outdated")
        self.assertIn("processor.planner.country", state["why"][0])

    def test_two_registers_that_differ_publish_nothing(self):
        self.licet("processor", "add", "crm", "--name", "Autre nom", "--kind", "business",
                   "--country", "de", "--contract", "no")
        for command in (("organisation", "check"), ("paper", "publish", "legal_notice")):
            told = self.licet(*command, expect=BAD_INPUT)
            self.assertIn("processor.crm.country", told.err)
            self.assertIn("processor.crm.contract", told.err)
            self.assertNotIn("processor.crm.name", told.err)
        self.licet("form", "build", "--organisation", self.register, "--out",
                   self.folder / "forms", "--publish", expect=BAD_INPUT)
        self.licet("processor", "remove", "crm")
        self.licet("organisation", "check")
        self.licet("processor", "add", "brevo", "--tool", "privacy_shield", "--contract", "yes")
        self.register.write_text(self.register.read_text() + '[processor.brevo]\ntool = "scc_m2"\n')
        self.assertIn("privacy_shield", self.licet("organisation", "check", expect=BAD_INPUT).err)

    def test_all_that_documents_need_is_asked_for_by_one_command(self):
        for fact, name in (("profiling.used", "profiling.logic"),
                           ("organisation.director", "organisation.director")):
            self.licet("organisation", "set", fact, *(["true"] if "used" in fact else []))
            self.assertIn(name, self.licet("organisation", "check", expect=BAD_INPUT).err)

    def test_an_empty_register_asks_for_entries_and_blames_no_template(self):
        text = self.register.read_text()
        kept = [table for table in text.split("\n[") if not table.startswith(("measure.", "form."))]
        self.register.write_text("\n[".join(kept))
        told = self.licet("paper", "build", "record", expect=BAD_INPUT)
        self.assertIn("[measure.NAME]", told.err)
        self.assertNotIn("mustache", told.err)

    def test_a_choice_is_remembered_as_long_as_the_law_wants(self):
        self.licet("organisation", "set", "site.main.choice_months", "2")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertIn("site.main", told.err)
        self.licet("paper", "publish", "cookie_policy.main", expect=BAD_INPUT)

    def test_a_country_is_one(self):
        told = self.licet("organisation", "set", "processor.crm.country", "xx", expect=BAD_INPUT)
        self.assertIn("ISO 3166", told.err)

    def test_a_law_that_says_nothing_is_told_and_refuses_nothing(self):
        self.licet("organisation", "set", "organisation.country", "gb")
        told = self.licet("organisation", "check", expect=None)
        self.assertIn("no rule of the program decides it", told.err)
        self.assertNotIn("law:  ()", told.err)
        published = self.licet("paper", "publish", "legal_notice", "--in", "en", expect=None)
        self.assertNotIn("no rule of the program", published.err)

    def test_an_objection_and_a_proof_are_not_forgotten_too_soon(self):
        self.licet("organisation", "set", "purpose.proofs.channel", "live_call")
        for purpose, least in (("objections", 36), ("proofs", 36)):
            fact = f"purpose.{purpose}.retention"
            self.licet("organisation", "set", fact, str(least))
            self.licet("organisation", "check", "--at", "2030-11-27")
            self.licet("organisation", "set", fact, str(least - 1))
            told = self.licet("organisation", "check", "--at", "2030-11-27", expect=BAD_INPUT)
            self.assertIn(f"purpose.{purpose}", told.err)
            if purpose == "proofs":  # an archive counts
                self.licet("organisation", "set", "purpose.proofs.archive", "12")
                told = self.licet("organisation", "check", "--at", "2030-11-27", expect=None)
                self.assertNotIn("R223", told.err)
                self.licet("organisation", "set", "purpose.proofs.archive")
            self.licet("organisation", "set", fact, str(least))

    # ---- building ----------------------------------------------------------------------------

    def test_all_documents_are_built_in_both_languages(self):
        out = self.build("--in", "all")
        pages = sorted(path.name for path in out.glob("*.html"))
        self.assertGreaterEqual(len(pages), 56)
        self.assertEqual(len([name for name in pages if ".fr." in name]), len(pages) / 2)
        for path in out.glob("*.html"):
            page = path.read_text()
            self.assertNotIn("{{", page, path)
            self.assertNotIn("<script", page, path)
            self.assertNotIn("src=", page, path)
        for path in out.glob("*.txt"):
            self.assertNotRegex(path.read_text(), "[\x01\x02\x1f]", path)

    def test_the_same_facts_on_the_same_day_give_the_same_bytes(self):
        def digests():
            out = self.build("--in", "all", "--at", "2026-11-27")
            return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
                    for path in out.iterdir()}
        self.assertEqual(digests(), digests())

    def test_the_record_goes_into_a_spreadsheet(self):
        out = self.build("record", "--form", "csv,xlsx", "--in", "fr")
        rows = list(csv.reader(io.StringIO((out / "record.fr.csv").read_text("utf-8-sig")),
                               delimiter=";"))
        self.assertEqual(rows[0], ["N° ou nom", "Date de création", "But", "Base", "Personnes",
                                   "Données", "Sources", "Destinataires",
                                   "Sous-traitants et pays", "Transferts et garanties",
                                   "Durée avant effacement", "Mesures", "Outil"])
        self.assertEqual({len(row) for row in rows}, {13})
        with zipfile.ZipFile(out / "record.fr.xlsx") as book:
            self.assertIn("xl/worksheets/sheet2.xml", book.namelist())

    @unittest.skipUnless(shutil.which("pandoc"), "pandoc is not installed")
    def test_a_document_for_a_word_processor_leaves_no_page_behind(self):
        out = self.build("legal_notice", "--form", "docx", "--in", "fr")
        self.assertEqual([path.name for path in out.iterdir()], ["legal_notice.fr.docx"])
        with zipfile.ZipFile(out / "legal_notice.fr.docx") as book:
            self.assertIn("Atelier Exemple", book.read("word/document.xml").decode())

    @unittest.skipUnless(shutil.which("chromium"), "Chromium is not installed")
    def test_a_document_is_printed(self):
        out = self.build("legal_notice", "--form", "pdf", "--in", "fr")
        self.assertEqual([path.name for path in out.iterdir()], ["legal_notice.fr.pdf"])
        pages = (out / "legal_notice.fr.pdf").read_bytes()
        self.assertTrue(pages.startswith(b"%PDF-") and pages.rstrip().endswith(b"%%EOF"))
        self.assertGreater(len(pages), 5000)

    def test_a_document_says_of_which_day_its_law_is(self):
        out = self.build("legal_notice", "--at", "2026-11-20", "--in", "all")
        self.assertIn("20 novembre 2026, non publié, selon le droit de ce jour",
                      (out / "legal_notice.fr.html").read_text().replace("\u00a0", " "))
        self.assertIn("under the law of that day", (out / "legal_notice.en.txt").read_text())

    def test_what_is_missing_is_asked_for_at_once_and_the_document_is_not_made(self):
        for fact in ("organisation.director", "organisation.host_name"):
            self.licet("organisation", "set", fact)
        out = self.folder / "out"
        told = self.licet("paper", "build", "legal_notice", "--in", "all", "--out", str(out),
                          expect=BAD_INPUT)
        self.assertEqual(told.err.count("organisation.director"), 1)
        self.assertIn("organisation.host_name", told.err)
        self.assertEqual(list(out.glob("*")) if out.exists() else [], [])

    def test_a_letter_takes_the_facts_of_its_case(self):
        case = self.folder / "case.toml"
        case.write_text(LETTER)
        told = self.licet("paper", "build", "letter_objection", "--input", str(case), lang="fr")
        self.assertIn("Lou Fiction", told.out)
        self.assertIn("20 novembre 2026", told.out)
        told = self.licet("paper", "build", "letter_objection", lang="fr", expect=BAD_INPUT)
        self.assertIn("Quel jour avez-vous reçu la demande", told.err)

    def test_braces_and_tags_in_a_name_stay_letters(self):
        self.licet("organisation", "set", "organisation.name", "<b onclick=x>{{dpo.name}}|**</b>")
        page = (self.build("legal_notice", "--in", "fr") / "legal_notice.fr.html").read_text()
        self.assertIn("&lt;b onclick=x&gt;{{dpo.name}}|**&lt;/b&gt;", page)

    def test_a_template_with_an_unknown_name_is_told_as_its_fault(self):
        folder = self.space / "papers" / "en"
        folder.mkdir(parents=True)
        real = (EXAMPLES.parent / "papers" / "en" / "legal_notice.mustache").read_text()
        (folder / "legal_notice.mustache").write_text(
            real.replace("{{organisation.name}}", "{{organisation.nmae}}", 1))
        told = self.licet("paper", "build", "legal_notice", "--in", "en", expect=BAD_INPUT)
        self.assertRegex(told.err, r"legal_notice\.mustache.*organisation\.nmae")

    def test_unknown_names_are_told_with_what_is_near(self):
        told = self.licet("paper", "build", "legal_notise", expect=MISSING_INPUT)
        self.assertIn("legal_notice", told.err)
        told = self.licet("paper", "build", "legal_notice", "--form", "odt", expect=BAD_INPUT,
                          lang="fr")
        self.assertIn("docx", told.err)

    # ---- what the articles ask for, where facts are not those of the example ------------------

    def text(self, document, *arguments, expect=0):
        return self.licet("paper", "build", document, *arguments, "--in", "en", "--form",
                          "text", expect=expect).out

    def set(self, **facts):
        for name, value in facts.items():
            self.licet("organisation", "set", name.replace("__", "."), value)

    def test_a_partner_in_a_third_country_needs_a_tool_and_is_told_with_it(self):
        self.set(recipient__mill__country="us", recipient__mill__body="business",
                 recipient__mill__dpf="none", recipient__mill__under_gdpr="false")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertRegex(told.err, r"cannot answer for .recipient\.mill.*recipient\.mill\.tool")
        self.set(recipient__mill__tool="none")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertRegex(told.err, r"recipient\.mill.*art\. 44")
        self.set(recipient__mill__tool="scc_m1", recipient__mill__assessed="true")
        told = self.licet("organisation", "check", expect=BAD_INPUT)  # its clauses ask for more
        self.assertNotRegex(told.err, r"recipient\.mill.*art\. 44")
        asked = self.licet("paper", "build", "privacy_prospects", "--in", "en", expect=BAD_INPUT)
        self.assertIn("recipient.mill.copy_link", asked.err)
        self.set(recipient__mill__copy_link="copies@atelier.example")
        self.assertRegex(" ".join(self.text("privacy_prospects").split()),
                         r"Moulin Exemple SARL \(United States\).*module 1\. To get a copy of it, "
                         r"write to copies@atelier\.example")
        self.assertRegex(" ".join(self.text("form_notice.partners").split()),
                         r"Partner: Moulin Exemple SARL \(United States\)")

    def test_a_policy_about_trackers_tells_those_of_its_site(self):
        with self.register.open("a") as register:
            register.write('\n[site.shop]\nname = "Boutique"\nlink = "https://shop.example"\n'
                           'choice_link = "https://shop.example/choix"\nchoice_months = 6\n'
                           'proof_months = 6\n'
                           '[tracker.pixel]\nname = "lettre"\nissuer = "Atelier Exemple"\n'
                           'country = "fr"\nkind = "email_pixel"\nlifetime = 0\n'
                           'before_choice = false\n'
                           'title = { fr = "compter les ouvertures", en = "counting openings" }\n')
        shop = self.text("cookie_policy.shop")
        self.assertIn("lettre", shop)  # named by no site, so of each
        self.assertNotIn("_pub", shop)
        self.assertNotIn("panier", shop)
        self.assertIn("_pub", self.text("cookie_policy.main"))

    def test_a_client_reads_of_those_who_serve_it_and_of_no_others(self):
        text = self.text("agreement_processor.moulin")
        self.assertIn("Routeur Exemple SAS", text)
        self.assertNotIn("Fichier Modèle", text)
        self.assertIn("The law of another country is not enough", " ".join(text.split()))

    def test_a_consent_to_calls_is_not_asked_for_longer_than_it_holds(self):
        self.set(form__calls__valid_months="13")
        told = self.licet("organisation", "check", expect=BAD_INPUT, lang="fr")
        self.assertRegex(told.err, r"form\.calls.*un an au plus")

    def test_clauses_of_another_module_have_its_choices_only(self):
        text = self.text("scc_annexes.crm")
        self.assertIn("Clause 9", text)
        self.assertIn("penetration test each year", " ".join(text.split()))
        self.set(recipient__mill__country="us", recipient__mill__body="business",
                 recipient__mill__dpf="none", recipient__mill__under_gdpr="false",
                 recipient__mill__tool="scc_m1", recipient__mill__assessed="true")
        told = self.licet("paper", "build", "scc_annexes_partner.mill", "--in", "en",
                          expect=BAD_INPUT)
        self.assertIn("recipient.mill.measures", told.err)
        for fact in ("address", "contact", "signatory", "use", "people", "sensitive", "frequency",
                     "keeps", "onward", "measures"):
            self.licet("organisation", "set", "recipient.mill." + fact, "said of " + fact)
        for fact in ("contract_on", "assessed_on"):
            self.licet("organisation", "set", "recipient.mill." + fact, "2026-10-01")
        text = self.text("scc_annexes_partner.mill")
        self.assertNotIn("Clause 9", text)
        self.assertIn("two controllers", text)
        self.assertIn("said of measures", text)

    def test_for_a_client_the_tool_is_that_of_a_processor(self):
        self.licet("organisation", "set", "client.moulin.processors", "crm")
        told = self.licet("paper", "build", "agreement_processor.moulin", "--in", "en",
                          expect=BAD_INPUT)
        self.assertIn("processor.crm.client_tool", told.err)
        self.set(processor__crm__client_tool="none")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertRegex(told.err, r"processor\.crm.*art\. 44")
        self.set(processor__crm__client_tool="scc_m3")
        self.assertIn("module 3", self.text("agreement_processor.moulin"))
        self.set(client__moulin__country="us", client__moulin__dpf="none",
                 client__moulin__under_gdpr="false", client__moulin__tool="none")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertRegex(told.err, r"client\.moulin.*art\. 44")
        self.set(client__moulin__tool="scc_m4", client__moulin__assessed="true")
        self.licet("organisation", "check")
        self.assertIn("module 4", self.text("agreement_processor.moulin"))

    def test_whoever_is_outside_the_union_names_a_representative(self):
        self.set(organisation__country="us")
        told = self.licet("paper", "build", "privacy_prospects", "--in", "en", expect=BAD_INPUT)
        self.assertIn("organisation.eu_representative", told.err)

    def test_what_is_not_said_is_asked_for_and_never_taken_for_no(self):
        for fact, document in (("data.identity.required", "privacy_prospects"),
                               ("data.identity.indirect", "privacy_prospects"),
                               ("messages.recorded", "phone_script"),
                               ("agreement.docking", "scc_annexes.crm"),
                               ("purpose.b2b.sources", "email_footer.b2b"),
                               ("form.order.prospecting", "form_notice.order")):
            with self.subTest(fact):
                shutil.copy(EXAMPLES / "organisation.toml", self.register)
                self.licet("organisation", "set", fact)
                told = self.licet("paper", "build", document, "--in", "en", expect=BAD_INPUT)
                self.assertIn(fact, told.err)

    def test_a_tracker_that_leaves_needs_a_tool(self):
        self.set(tracker__ads__country="us", tracker__ads__dpf="none", tracker__ads__tool="none",
                 tracker__ads__assessed="false")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertRegex(told.err, r"tracker\.ads.*art\. 44")

    def test_a_site_without_a_choice_promises_none(self):
        text = self.register.read_text()
        for tracker in ("stats", "ads"):
            begin = text.index(f"[tracker.{tracker}]")
            text = text[:begin] + text[text.index("\n\n", begin) + 2:]
        self.register.write_text(text)
        policy = " ".join(self.text("cookie_policy.main").split())
        self.assertIn("There is no choice to make", policy)
        self.assertNotIn("Global Privacy Control", policy)
        self.assertNotIn("We keep your choice", policy)

    def test_calls_are_not_kept_for_use_longer_than_the_consent_holds(self):
        self.set(purpose__phone__retention="36")
        told = self.licet("organisation", "check", expect=BAD_INPUT)
        self.assertRegex(told.err, r"purpose\.phone.*a year at most")

    def test_a_section_is_not_filled_by_the_head_of_a_table(self):
        text = self.register.read_text()
        while "[measure." in text:
            begin = text.index("[measure.")
            text = text[:begin] + text[text.index("\n\n", begin) + 2:]
        self.register.write_text(text)
        told = self.licet("paper", "build", "record", "--in", "en", expect=BAD_INPUT)
        self.assertIn("measures", told.err)

    def test_an_answer_is_not_put_off_beyond_what_the_law_allows(self):
        case = self.folder / "case.toml"
        case.write_text(LETTER + 'extension_reason = "Three files."\nextended_to = "2027-02-19"\n')
        self.licet("paper", "build", "letter_extension", "--input", str(case), "--in", "en")
        case.write_text(LETTER + 'extension_reason = "Three files."\nextended_to = "2028-01-05"\n')
        told = self.licet("paper", "build", "letter_extension", "--input", str(case), "--in", "en",
                          expect=BAD_INPUT)
        self.assertIn("request.extended_to", told.err)

    def test_a_letter_is_none_of_the_published_and_its_faults_are_at_their_place(self):
        case = self.folder / "case.toml"
        case.write_text(LETTER)
        told = self.licet("paper", "build", "letter_objection", "--input", str(case))
        self.assertNotIn("not published", told.out)
        case.write_text(LETTER + 'extended_to = "2027-09-01"\nextension_reason = "Many."\n')
        told = self.licet("paper", "build", "letter_extension", "--input", str(case),
                          expect=BAD_INPUT)
        self.assertIn("case.toml:7", told.err)
        self.assertEqual(told.out, "")
        case.write_text(LETTER + "none_held = true\n")
        told = self.licet("paper", "build", "letter_source", "--input", str(case))
        self.assertIn("no source", told.out)

    def test_messages_tell_which_of_their_facts_changed(self):
        self.licet("paper", "publish", "sms", "--in", "fr")
        self.licet("organisation", "set", "messages.sms_stop", "STOP 36009")
        self.assertIn("messages.sms_stop", " ".join(self.state("sms")["why"]))

    def test_letters_say_what_was_done_and_no_more(self):
        case = self.folder / "case.toml"
        case.write_text(LETTER)
        text = self.text("letter_objection", "--input", str(case))
        self.assertNotIn("told our vendors", text)
        case.write_text(LETTER + 'told_on = "2026-11-22"\n')
        self.assertIn("told our vendors and partners on 22 November 2026",
                      " ".join(self.text("letter_objection", "--input", str(case)).split()))
        case.write_text(LETTER + 'none_held = true\n')
        text = self.text("letter_access", "--input", str(case))
        self.assertIn("hold no data about you", text)
        self.assertNotIn("newsletter", text)
        case.write_text(LETTER + 'data = "name"\nsource = "You."\npurposes = ["newsletter"]\n')
        text = " ".join(self.text("letter_access", "--input", str(case)).split())
        self.assertIn("newsletter", text)
        self.assertIn("Routeur Exemple SAS (France)", text)
        self.assertNotIn("Fichier Modèle", text)

    @unittest.skipUnless(shutil.which("chromium"), "Chromium is not installed")
    def test_a_banner_that_is_published_leaves_its_text_and_its_picture(self):
        self.licet("banner", "build", "--organisation", str(self.register), "--out",
                   str(self.folder / "banner"), "--publish")
        kept = json.loads(self.licet("--json", "notice", "list").out)
        kinds = [one["media"] for one in kept]
        self.assertEqual(kinds.count("image/png"), 2, kept)
        self.assertEqual(len([one for one in kinds if one.startswith("text/html")]), 2, kept)

    # ---- publishing --------------------------------------------------------------------------

    def state(self, document):
        told = self.licet("--json", "paper", "status", "--in", "fr", expect=None)
        return next(one for one in json.loads(told.out) if one["document"] == document)

    def test_a_document_is_published_goes_out_of_date_and_is_published_again(self):
        self.assertEqual(self.state("privacy_prospects")["state"], "draft")
        self.licet("paper", "publish", "privacy_prospects", "--in", "fr")
        self.assertEqual(self.state("privacy_prospects")["state"], "in_force")
        self.licet("paper", "diff", "privacy_prospects", "--in", "fr")

        self.licet("organisation", "set", "purpose.newsletter.retention", "24")
        state = self.state("privacy_prospects")
        self.assertEqual(state["state"], "outdated")
        self.assertEqual(len(state["why"]), 1)
        self.assertIn("purpose.newsletter.retention", state["why"][0])
        told = self.licet("paper", "diff", "privacy_prospects", "--in", "fr", expect=OTHER_ANSWER)
        self.assertRegex(told.out, r"(?m)^- .*3.ans")
        self.assertRegex(told.out, r"(?m)^\+ .*2.ans")
        told = self.licet("paper", "status", "--in", "fr", expect=OTHER_ANSWER)
        self.assertRegex(told.out, r"(?m)^    - .*3.ans")
        self.assertRegex(told.out, r"(?m)^    \+ .*2.ans")

        self.licet("paper", "publish", "privacy_prospects", "--in", "fr")
        state = self.state("privacy_prospects")
        self.assertEqual((state["state"], state["version"]), ("in_force", 2))

    def test_a_law_that_changed_puts_a_document_out_of_date(self):
        packs = self.folder / "packs"
        shutil.copytree(PACKS, packs)
        own = ("--packs", str(packs))
        self.licet(*own, "paper", "publish", "privacy_prospects", "--in", "fr")
        rules = packs / "eu" / "80-transfers.md"
        text = rules.read_text()
        rules.write_text(text.replace("Les clauses types du bon module",
                                      "Les clauses contractuelles types du bon module"))
        self.assertNotEqual(rules.read_text(), text)
        told = self.licet(*own, "--json", "paper", "status", "--in", "fr", expect=OTHER_ANSWER)
        why = next(one["why"] for one in json.loads(told.out)
                   if one["document"] == "privacy_prospects")
        self.assertIn("eu.transfer.clauses", " ".join(why))

    def test_a_document_knows_the_day_it_was_published(self):
        self.licet("paper", "publish", "legal_notice", "--in", "fr")
        self.assertEqual(self.state("legal_notice")["published_on"], str(datetime.date.today()))

    def test_the_published_text_is_a_notice_that_can_be_read_back(self):
        self.licet("paper", "publish", "form_notice.newsletter", "--in", "fr")
        notices = json.loads(self.licet("--json", "notice", "list").out)
        self.assertEqual([one["media"] for one in notices], ["text/html"])
        kept = (self.space / "notices" / notices[0]["sha256"]).read_bytes()
        self.assertEqual(hashlib.sha256(kept).hexdigest(), notices[0]["sha256"])
        self.licet("ledger", "verify")

    def test_publishing_the_same_text_again_does_nothing(self):
        for words in ("version 1 published", "nothing to publish"):
            told = self.licet("paper", "publish", "legal_notice", "--in", "en")
            self.assertIn(words, told.out)

    def test_a_template_of_the_workspace_wins_and_is_told(self):
        self.licet("paper", "publish", "legal_notice", "--in", "fr")
        own = self.space / "papers" / "fr" / "legal_notice.mustache"
        own.parent.mkdir(parents=True)
        text = (EXAMPLES.parent / "papers/fr/legal_notice.mustache").read_text()
        own.write_text(text.replace("# Mentions légales", "# Nos mentions légales"))
        state = self.state("legal_notice")
        self.assertEqual(state["state"], "outdated")
        self.assertEqual(state["why"], ["the template has changed"])

    def test_what_contradicts_the_law_is_not_published(self):
        self.licet("organisation", "set", "processor.crm.assessed", "no")
        told = self.licet("paper", "publish", "legal_notice", "--in", "fr", expect=BAD_INPUT)
        self.assertIn("processor.crm", told.err)
        self.assertEqual(self.state("legal_notice")["state"], "draft")

    # ---- templates ---------------------------------------------------------------------------

    def test_the_linter_is_content_with_our_texts_and_tells_how_they_read(self):
        told = self.licet("paper", "lint")
        self.assertRegex(told.out, r"(?m)^privacy_prospects fr +\d+$")
        self.assertIn("nothing to say", told.err)

    def test_a_promise_is_found_in_each_of_its_forms(self):
        own = self.space / "papers" / "fr" / "legal_notice.mustache"
        own.parent.mkdir(parents=True)
        text = (EXAMPLES.parent / "papers/fr/legal_notice.mustache").read_text()
        for promise in ("Nous sommes certifiés CNIL.", "Certifié par la CNIL", "certifiée  CNIL",
                        "labellisés CNIL", "Agréée CNIL", "une conformité totale avec le RGPD"):
            own.write_text(text + "\n" + promise + "\n")
            told = self.licet("paper", "build", "legal_notice", "--in", "fr", expect=BAD_INPUT)
            self.assertIn("legal_notice", told.err, promise)
            self.licet("paper", "lint", expect=BAD_INPUT)

    def test_what_only_sounds_like_a_promise_is_none(self):
        own = self.space / "papers" / "fr" / "legal_notice.mustache"
        own.parent.mkdir(parents=True)
        text = (EXAMPLES.parent / "papers/fr/legal_notice.mustache").read_text()
        for truth in ("des règles d'entreprise contraignantes approuvées par la CNIL",
                      "une formation pour garantir la conformité",
                      "une durée recommandée par la CNIL", "Il est certifié. La CNIL contrôle."):
            own.write_text(text + "\n" + truth + "\n")
            self.licet("paper", "build", "legal_notice", "--in", "fr")

    def test_a_form_without_the_box_that_the_law_wants_is_not_built(self):
        own = self.space / "papers" / "fr" / "parts" / "form_box.mustache"
        own.parent.mkdir(parents=True)
        own.write_text("\n")
        build = ("form", "build", "--organisation", self.register, "--out", self.folder / "f")
        for form in ("newsletter", "order"):
            told = self.licet(*build, "--form", form, expect=BAD_INPUT)
            self.assertIn("lacks the box", told.err)
        self.licet(*build, "--form", "contact")

    def test_a_list_is_said_in_both_languages_or_in_none(self):
        text = self.register.read_text()
        self.register.write_text("\n".join(line for line in text.splitlines()
                                           if not line.startswith("safeguards.en")) + "\n")
        self.assertIn("safeguards.en", self.licet("organisation", "check", expect=BAD_INPUT).err)

    def test_the_linter_tells_files_that_nobody_reads(self):
        own = self.space / "papers" / "fr"
        (own / "parts").mkdir(parents=True)
        (own / "legal_notise.mustache").write_text("# T\n")
        (own / "parts" / "rights.mustache").write_text("{{> rights}}\n")
        (own / "sms.mustache").write_bytes(b"# T \xe9\n")
        told = self.licet("paper", "lint", expect=BAD_INPUT).err
        for words in ("legal_notise.mustache", "fr/legal_notice.mustache", "holds itself",
                      "not in UTF-8"):
            self.assertIn(words, told)

    def test_the_linter_tells_each_fault_with_its_place(self):
        own = self.space / "papers" / "fr"
        own.mkdir(parents=True)
        (own / "sms.mustache").write_text(
            "# SMS\n## text | Texte\n@ cpce:L34-5; af2m\n```sms\n{{messages.sms_nane}}\n```\n"
            "Nous sommes 100 % conforme.\n{{#messages.recorded}}\n")
        told = self.licet("paper", "lint", expect=BAD_INPUT, lang="fr").err
        for words in ("sms.mustache:5:1", "messages.sms_name", "100 conforme", "notes"):
            self.assertIn(words, told)


if __name__ == "__main__":
    unittest.main()
