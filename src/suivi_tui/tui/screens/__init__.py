"""The screens by name: ``"module:Class"``, imported when first shown.

A screen appears (digit, palette, help) as soon as it is listed here. The names are those of
``commands.DESTINATIONS``, and ``accueil`` for the very first start.
"""

SCREENS: dict[str, str] = {
    "saisie": "suivi_tui.tui.screens.saisie.screen:Statements",
    "marches": "suivi_tui.tui.screens.marches:ContractsScreen",
    "tableau_de_bord": "suivi_tui.tui.screens.tableau_de_bord.screen:DayScreen",
    "participants": "suivi_tui.tui.screens.participants.screen:Participants",
    "entreprises": "suivi_tui.tui.screens.entreprises.screen:CompaniesScreen",
    "historique": "suivi_tui.tui.screens.historique.screen:History",
    "accueil": "suivi_tui.tui.screens.accueil:FirstStart",
    "alertes": "suivi_tui.tui.screens.alertes.screen:Alerts",
    "evaluation": "suivi_tui.tui.screens.evaluation.screen:EvaluationScreen",
    "annuaire": "suivi_tui.tui.screens.annuaire.screen:DirectoryScreen",
    "amont": "suivi_tui.tui.screens.amont.screen:UpstreamScreen",
}

PAGES: dict[str, str] = {
    "courriers": "suivi_tui.tui.screens.courriers.screen:LettersScreen",
    "penalites": "suivi_tui.tui.screens.penalites.cases:PenaltyCases",
    "profils_import": "suivi_tui.tui.screens.importation.profiles:ImportProfiles",
    "noms_retenus": "suivi_tui.tui.screens.importation.memories:MemoryScreen",
    "besoins": "suivi_tui.tui.screens.besoins.screen:Needs",
    "pieces_manquantes": "suivi_tui.tui.screens.participants.missing_papers:MissingPapers",
    "points_a_demander": "suivi_tui.tui.screens.participants.outcomes_due:OutcomesDue",
    "calibrage": "suivi_tui.tui.screens.calibrage.screen:Workbench",
    "echanges_a_faire": "suivi_tui.tui.screens.echanges.screen:Exchanges",
    "syntheses_figees": "suivi_tui.tui.screens.syntheses_figees.screen:FrozenSyntheses",
    "politiques": "suivi_tui.tui.screens.politiques.screen:PolicyBuyers",
    "syntheses": "suivi_tui.tui.screens.syntheses.screen:Syntheses",
    "effet_clause": "suivi_tui.tui.screens.effet_clause.screen:ClauseEffectScreen",
    "motifs": "suivi_tui.tui.screens.motifs.screen:RefusalRegister",
}
"""The screens that the palette opens over the one shown; the names are those of
``commands.PAGES``, and Escape goes back."""
