"""The titles that columns have in spreadsheets, in several languages.

Each field lists whole titles, separated by bars, already folded: lower case, no accents, words
separated by one space. The languages stand on lines of their own: English, Spanish, French,
German, Portuguese, Italian, Dutch; a line may be missing where people use the English word.
"""

from __future__ import annotations

from footbridge.intake.mapping.fields import Field

TITLES: dict[Field, str] = {
    Field.MEMBER_ID: """
        id|member id|person id|mentor id|node|node id|uid|uuid|record id|external id|ref
        |reference|no|nr|number|org|key|vertex|identifier|user id
        identificador|numero de socio|n socio
        identifiant|numero|numero d adherent
        kennung|mitgliedsnummer|nummer
        identificacao|identificativo|lidnummer""",
    Field.MEMBER_NAME: """
        name|vertex names|vertex name|names|display name|member|member name|node name|who
        nombre completo o razon social
        nom
        mitglied|bezeichnung
        membro|lid|naam|naam lid""",
    Field.MEMBER_KIND: """
        kind|person or organisation|person or organization|member type|type of member
        tipo de miembro|type de membre|mitgliedsart|tipo de membro|tipo di membro|soort lid""",
    Field.DESCRIPTION: """
        description|about|about us|activities|objects|mission|what we do|summary|purpose|profile
        |bio|biography|what they do|charitable objects|aims|overview
        descripcion|actividades|mision|que hacemos|objeto social|acerca de|sobre nosotros
        description de l organisation|activites|a propos|presentation|objet|objet social
        beschreibung|tatigkeit|zweck|was wir tun|uber uns|profil
        descricao|atividades|missao|o que fazemos|sobre
        descrizione|attivita|missione|cosa facciamo|chi siamo
        omschrijving|beschrijving|activiteiten|missie|over ons""",
    Field.TAGS: """
        tags|tag|labels|categories|category|keywords
        etiquetas|categorias|palabras clave
        etiquettes|mots cles|categories
        schlagworte|stichworte|kategorie|kategorien
        palavras chave|etichette|categorie|trefwoorden""",
    Field.CHAPTER: """
        chapter|branch|local group|hub|network|community|local chapter|section
        capitulo|grupo local|sede|nodo local|antenne|section locale|groupe local
        ortsgruppe|regionalgruppe|standort der gruppe
        nucleo|grupo regional|sezione|gruppo locale|afdeling|lokale groep""",
    Field.NOTE: """
        note|notes|comment|comments|remarks|notas|comentarios|observaciones|remarques
        |commentaires|bemerkung|bemerkungen|notizen|kommentar|observacoes|osservazioni
        |opmerkingen|group membership""",
    Field.PERSON_NAME: """
        person|full name|fullname|contact|contact name|contact person|your name|attendee
        |participant|participant name|guest|first and last name|person name|lead contact
        |main contact|representative
        nombre completo|nombre y apellidos|nombre y apellido|persona|contacto
        |persona de contacto|participante|representante
        nom complet|nom et prenom|prenom et nom|personne|personne de contact|interlocuteur
        |participant e
        vollstandiger name|vor und nachname|ansprechpartner|ansprechpartnerin|kontaktperson
        |teilnehmer|teilnehmerin|ansprechperson
        nome completo|pessoa|pessoa de contato|pessoa de contacto|contato|participante
        nome e cognome|persona di contatto|referente|nominativo|partecipante
        volledige naam|contactpersoon|deelnemer|persoon""",
    Field.GIVEN_NAME: """
        first name|firstname|given name|forename|given names|christian name|first names
        nombre|nombres|nombre de pila|primer nombre
        prenom|prenoms
        vorname|vornamen|rufname
        primeiro nome|nome proprio
        nome di battesimo
        voornaam|roepnaam|voornamen""",
    Field.FAMILY_NAME: """
        last name|lastname|surname|family name|second name|last names
        apellido|apellidos|primer apellido
        nom de famille|nom d usage
        nachname|familienname|zuname
        sobrenome|apelido|ultimo nome
        cognome
        achternaam|familienaam""",
    Field.EMAIL: """
        email|e mail|email address|e mail address|mail|mail address|contact email|your email
        |work email|e mail value|email value|primary email|emailaddress|email addresses
        correo|correo electronico|direccion de correo|correo e|direccion de correo electronico
        courriel|adresse mail|adresse e mail|adresse email|mel|adresse electronique
        e mail adresse|mailadresse|email adresse
        correio eletronico|endereco de email|e mail de contato
        posta elettronica|indirizzo email|indirizzo e mail
        e mailadres|mailadres|emailadres""",
    Field.PHONE: """
        phone|telephone|tel|mobile|phone number|mobile phone|cell|phone value|telephone number
        |whatsapp
        telefono|movil|celular|numero de telefono
        portable|numero de telephone
        telefon|handy|mobil|telefonnummer|mobilnummer|rufnummer
        telefone|telemovel|cellulare|telefoonnummer|telefoon|mobiel""",
    Field.ROLE: """
        role|job title|position|title role|function|post|occupation|profession|job
        |organization title
        |organisation title|role in organisation|role title
        cargo|puesto|funcion|rol|profesion|ocupacion
        fonction|poste|intitule du poste|metier|role dans l organisation
        funktion|stelle|position im unternehmen|rolle|beruf|berufsbezeichnung
        funcao|profissao|papel
        ruolo|posizione|professione|mansione
        functie|rol in organisatie|beroep""",
    Field.HEADLINE: """
        headline|tagline|one line|in one line|short bio|titular|lema|accroche|en une phrase
        |kurzprofil|slogan|resumo|motto""",
    Field.PROFILE_URL: """
        url|profile|profile url|linkedin|linkedin url|linkedin profile|profile link|public profile
        |perfil de linkedin|profil linkedin|linkedin profil|perfil linkedin|profilo linkedin""",
    Field.LANGUAGES: """
        languages|language|spoken languages|languages spoken|speaks
        idiomas|idioma|lenguas
        langues|langue|langues parlees
        sprachen|sprache|sprachkenntnisse
        linguas|lingua|lingue|lingue parlate
        talen|taal""",
    Field.SINCE: """
        since|start|start date|from|from date|joined|joined on|connected on|connected since
        |first signed|first met|known since|date met|met on|begin|member since|starts
        |first contact
        |planned dates start date|start of relationship
        desde|fecha de inicio|inicio|miembro desde|conocidos desde|fecha de alta
        depuis|date de debut|debut|membre depuis|adherent depuis|du
        seit|beginn|anfang|startdatum|mitglied seit|bekannt seit|von
        data de inicio|membro desde|dal|data di inizio|inizio|membro dal
        sinds|begindatum|lid sinds|vanaf""",
    Field.UNTIL: """
        until|end|end date|to|to date|left|ended|till|ends|finish|left on|planned dates end date
        hasta|fecha de fin|fin|fecha de baja
        jusqu a|date de fin|jusqu au|au
        bis|ende|enddatum|austritt
        ate|data de fim|fim|fino al|data di fine|fine
        tot|einddatum|tot en met""",
    Field.ORGANISATION_NAME: """
        organisation|organization|company|company name|organisation name|organization name
        |employer
        |agency|charity|charity name|institution|organisation or company|business|firm|workplace
        |department|legal name|name of organisation|name of organization|account name|org name
        |organization 1 name|trading name|nonprofit|association|affiliation|name of charity
        organizacion|entidad|empresa|nombre de la organizacion|razon social|institucion
        |nombre de la entidad|asociacion|nombre de la empresa
        entreprise|societe|raison sociale|nom de l organisation|structure|etablissement
        |nom de la structure|denomination|employeur|organisme
        firma|unternehmen|verein|einrichtung|name der organisation|arbeitgeber|betrieb|firmenname
        |institution organisation|tragerin|trager
        organizacao|nome da organizacao|instituicao|entidade|nome da empresa|empregador
        organizzazione|azienda|ente|ragione sociale|nome dell organizzazione|societa|associazione
        organisatie|bedrijf|bedrijfsnaam|naam organisatie|instelling|werkgever|stichting
        |vereniging""",
    Field.ORGANISATION_ID: """
        org id|organisation id|organization id|organisation identifier|organization identifier
        |organisation number|registry id|registration number|registration id|register number
        numero de registro|cif|nif|siren|siret|numero rna|registernummer|vereinsregister
        |handelsregisternummer|cnpj|codice fiscale|partita iva|kvk nummer|kvk|rsin""",
    Field.CHARITY_NUMBER: """
        charity number|charity no|registered charity number|reg number|charity reg no
        |charity registration number|registered charity no|recipient org charity number
        |regno""",
    Field.COMPANY_NUMBER: """
        company number|company no|companies house number|company registration number
        |recipient org company number|crn""",
    Field.FORMER_NAMES: """
        previous names|former names|former name|previous name|also known as|aliases|alias|aka
        |other names|old name|formerly|alternative names|known as
        nombres anteriores|nombre anterior|antes|tambien conocido como
        anciens noms|ancien nom|anciennement|autres noms
        fruhere namen|fruherer name|ehemals|vormals
        nomes anteriores|nomi precedenti|ex|vroegere namen|voorheen""",
    Field.SECTOR: """
        sector|organisation type|organization type|type|type of organisation|type of organization
        |organisation sector|org type|kind of organisation|type2|sector type|activity type
        |type of entity|entity type
        tipo de organizacion|tipo|tipo de entidad
        secteur|type d organisation|type de structure|type d organisme
        sektor|organisationsart|art der organisation|organisationstyp|einrichtungsart
        setor|tipo de organizacao|tipo de entidade
        settore|tipo di organizzazione|tipologia|tipo di ente
        type organisatie|soort organisatie|soort""",
    Field.LEGAL_FORM: """
        legal form|legal status|legal structure|recipient type|company type|incorporation
        |organisation legal form|recipient organisation type
        forma juridica|forma legal
        forme juridique|statut juridique|statut
        rechtsform
        natureza juridica|forma giuridica|natura giuridica
        rechtsvorm""",
    Field.SIZE: """
        size|employees|staff|number of employees|headcount|company size|organisation size
        |team size
        |number of staff|fte|sme|how many people
        tamano|empleados|numero de empleados|plantilla|trabajadores
        taille|effectif|effectifs|nombre de salaries|salaries
        grosse|groesse|mitarbeiter|anzahl mitarbeiter|mitarbeiterzahl|beschaftigte
        tamanho|funcionarios|numero de funcionarios|colaboradores
        dimensione|dipendenti|numero di dipendenti|addetti
        grootte|omvang|medewerkers|aantal medewerkers|werknemers""",
    Field.INCOME: """
        income|annual income|turnover|revenue|annual turnover|latest income|total income
        |total gross
        |budget|annual budget
        ingresos|facturacion|presupuesto
        chiffre d affaires|revenu|revenus|budget annuel
        umsatz|einnahmen|jahresumsatz|haushalt
        receita|faturamento|orcamento
        fatturato|entrate|bilancio
        omzet|inkomsten|jaaromzet""",
    Field.GROUP: """
        group|parent|parent organisation|parent organization|parent company|part of|belongs to
        |umbrella|umbrella organisation|holding
        grupo|grupo empresarial|matriz|pertenece a
        groupe|maison mere|tete de reseau|fait partie de
        konzern|gruppe|muttergesellschaft|dachverband|gehort zu
        gruppo|capogruppo|groep|moederbedrijf|koepel|onderdeel van""",
    Field.WEBSITE: """
        website|web|web site|homepage|home page|site|web address|web page|website url|link
        |webpage|url
        |organisation website|recipient org web address|internet
        sitio web|pagina web|sitio
        site web|site internet|adresse internet
        webseite|internetseite|internetadresse
        site da web|pagina|sito|sito web|sito internet
        webadres""",
    Field.FOUNDED: """
        founded|founded in|date registered|registration date|year founded|established
        |year established|date of registration|incorporated|date established
        fundacion|ano de fundacion|fecha de registro|fundada en
        date de creation|annee de creation|fonde en|creation
        gegrundet|grundungsjahr|grundung
        fundacao|ano de fundacao|fondazione|anno di fondazione|opgericht|oprichtingsjaar""",
    Field.ACTIVE: """
        active|is active|currently active|still active|status active|activo|activa|actif|actif ve
        |aktiv|ativo|attivo|actief""",
    Field.NEED: """
        need|needs|looking for|what we need|what do you need|seeking|wants|ask|asks|challenge
        |challenges|what are you looking for|what i need|help needed|support needed|wish|wishes
        |request|requests|in need of|i need|we need|want
        necesidad|necesidades|busca|que necesita|que necesitas|que necesitamos|necesita|buscamos
        |retos|demanda|demandas|que busca|lo que busco
        besoin|besoins|recherche|cherche|ce que je cherche|de quoi avez vous besoin|demande
        |demandes|ce dont nous avons besoin
        bedarf|bedurfnis|bedurfnisse|sucht|suche|gesucht|gesuche|was wir brauchen|ich suche
        |wir suchen|braucht
        necessidade|necessidades|procura|precisa|precisa de|o que precisa|o que procura
        bisogno|bisogni|cerca|cerco|cosa cerchi|esigenze|di cosa hai bisogno
        behoefte|behoeften|zoekt|zoek|gezocht|wat zoek je|vraag|nodig""",
    Field.OFFER: """
        offer|offers|offering|what we offer|can offer|what do you offer|what can you offer|gives
        |skills|skill|expertise|resources|can help with|help offered|able to offer|i can offer
        |we can offer|i offer|we offer|competences|strengths|services|can give|give
        oferta|ofertas|ofrece|que ofrece|que ofreces|habilidades|competencias|puede ofrecer
        |ofrecemos|que podemos ofrecer|lo que ofrezco
        offre|offres|propose|ce que je propose|competences|savoir faire|peut offrir|ce que j offre
        |ce que nous proposons
        angebot|angebote|bietet|biete|kompetenzen|fahigkeiten|was wir bieten|ich biete|wir bieten
        oferece|o que oferece|habilidades|pode oferecer
        offerta|offerte|offre|offro|competenze|cosa offri|capacita
        aanbod|biedt|bied|vaardigheden|competenties|wat bied je|aangeboden""",
    Field.CAUSES: """
        cause|causes|sdg|sdgs|goals|themes|theme|topics|topic|issue|issues|issue areas|interests
        |areas of interest|impact areas|focus areas|sdgs sdgnumber|ukcat|icnptso|sectors|fields
        |cause area|focus area|sdg goals|sustainable development goals|field of work|ntee
        causas|ods|temas|ambitos|areas de interes|intereses|areas tematicas|tema
        odd|thematiques|thematique|themes d action|domaines|domaine|centres d interet
        ziele|themen|thema|anliegen|interessen|themenfelder|handlungsfelder|nachhaltigkeitsziele
        areas de atuacao|interesses|ambito
        cause sociali|temi|ambiti|interessi|oss|aree tematiche
        doelen|thema s|themas|interesses|doelstellingen""",
    Field.PLACE: """
        city|town|place|location|locality|address|based in|where|city town|town or city
        |postal town
        |recipient org city|hometown|municipality|address city|office|village
        ciudad|localidad|poblacion|municipio|lugar|ubicacion|direccion|domicilio|donde
        ville|commune|lieu|localite|adresse|ou
        ort|stadt|wohnort|gemeinde|standort|sitz|anschrift
        cidade|municipio|localidade|local|endereco|localizacao
        citta|comune|luogo|localita|indirizzo|sede
        plaats|stad|woonplaats|gemeente|adres|vestigingsplaats|locatie""",
    Field.REGION: """
        region|state|county|province|state province|uk region|area|state or province
        |address region
        |district|local authority|federal state|recipient org county
        provincia|comunidad autonoma|estado|comunidad|departamento
        departement|canton
        bundesland|kanton|landkreis|kreis
        estado uf|uf|distrito|regiao
        regione|provincie|gewest|regio""",
    Field.COUNTRY: """
        country|nation|country code|country name|address country|iso country|country region
        |recipient org country
        pais
        pays
        land|staat|lander
        paese|nazione|stato
        landcode""",
    Field.POSTCODE: """
        postcode|post code|postal code|zip|zip code|zipcode|address postal code
        |recipient org postal code
        codigo postal|cp|c p
        code postal
        plz|postleitzahl
        cep|cap""",
    Field.LATITUDE: "latitude|lat|latitud|breitengrad|breite|latitudine|breedtegraad|y coordinate",
    Field.LONGITUDE: """longitude|lon|lng|long|longitud|langengrad|lange|longitudine|lengtegraad
        |x coordinate""",
    Field.WORKS_IN: """
        works in|area served|operates in|area of operation|areas of operation|where we work
        |where you work|service area|countries of operation|working area
        |locations deploymentcountries
        |areas served|deployment countries|countries
        donde trabaja|ambito geografico|zona de actuacion|area de actuacion|paises
        zone d intervention|territoire|territoires|lieu d intervention|zone d action
        einsatzgebiet|einzugsgebiet|tatig in|wirkungsgebiet|wirkungsort
        area de atuacao geografica|area di intervento|zona di attivita|territorio
        werkgebied|werkzaam in""",
    Field.TIE_FROM: """
        a|from|from id|source|person a|from name|ego|member a|from email|who knows|person 1|i
        |from person|node a|source id|de quien|quelle|von wem|person eins|giver""",
    Field.TIE_TO: """
        b|to|to id|target|person b|to name|alter|member b|to email|knows|person 2|j|to person
        |node b|target id|connected to|kennt|conoce a|connait|conhece|conosce|kent|receiver""",
    Field.OTHER_PERSON: """
        other person|knows person|introduced by|referred by|friend|contact known|acquaintance
        |who do you know|people you know|invited by
        presentado por|a quien conoce|conocido de|recommande par|presente par|parraine par
        |vorgestellt von|empfohlen von|wen kennst du|indicado por|apresentado por|presentato da
        |voorgesteld door""",
    Field.OTHER_EMAIL: """
        other email|introduced by email|their email|email of contact|other person email|to e mail
        |from e mail""",
    Field.OTHER_ORGANISATION: """
        partner|partners|partner organisation|partner organization|other organisation
        |other organization|works with|organizations name|organisations name|partner organisations
        |collaborates with|partner organizations
        socios|entidad colaboradora|colabora con|partenaire|partenaires|travaille avec
        |partnerorganisation|kooperationspartner|arbeitet mit|parceiros|parceiro
        |partner di progetto
        |samenwerkingspartner|werkt samen met""",
    Field.STRENGTH: """
        strength|tie strength|weight|level|closeness|collab|collaboration|certification|trust
        |how well|relationship strength|tie|how close|frequency|collaboration level|relation
        |relationship|value|intensity|score
        fuerza|intensidad|cercania|vinculo|confianza|relacion
        force|intensite|proximite|lien|confiance|force du lien
        starke|staerke|gewicht|nahe|vertrauen|beziehung|intensitat
        forca|intensidade|confianca|vinculo
        forza|intensita|vicinanza|fiducia|legame
        sterkte|gewicht|vertrouwen|hechtheid""",
    Field.LAST_CONFIRMED: """
        last confirmed|last signed|last contact|last seen|last met|last contacted|last spoke
        |confirmed on|last meeting|latest contact|last active
        ultimo contacto|ultima vez|confirmado el
        dernier contact|derniere rencontre|confirme le
        letzter kontakt|zuletzt gesehen|bestatigt am
        ultimo contato|ultimo contatto|laatste contact""",
    Field.HOW: """
        how|how met|how do you know|context|source of tie|how you know each other|how we met
        |type of tie
        |organizations org type|tie type|relation type|how do you know each other
        |relationship type
        como se conocen|como se conocieron|contexto
        comment|comment vous connaissez vous|contexte
        woher|wie kennengelernt|kontext|woher kennt ihr euch
        como se conheceram|come vi conoscete|contesto|hoe ken je elkaar""",
    Field.GRANT_ID: """
        grant id|identifier|grant identifier|award id|grant reference|grant number|grant ref""",
    Field.FUNDER_NAME: """
        funder|funder name|funding org name|funding organisation|funding organization|donor
        |grantmaker
        |funding org|funding organisation name|funding organization name|donor name
        financiador|financiadora|donante|entidad financiadora
        financeur|bailleur|donateur|nom du financeur
        geldgeber|forderer|fordergeber|fordermittelgeber|zuwendungsgeber
        financiador nome|financiatore|ente finanziatore|erogatore
        financier|subsidieverstrekker|fonds|geldgever""",
    Field.FUNDER_ID: """
        funder id|funding org identifier|funding organisation id|funder identifier|donor id
        |funding organisation identifier|funding organization id
        |funding organization identifier""",
    Field.RECIPIENT_NAME: """
        recipient|recipient name|recipient org name|recipient organisation|recipient organization
        |grantee|beneficiary|grantee name|recipient organisation name|beneficiary name|awardee
        |recipient organization name
        beneficiario|beneficiaria|entidad beneficiaria|nombre del beneficiario
        beneficiaire|nom du beneficiaire
        empfanger|zuwendungsempfanger|forderempfanger|begunstigter
        ente beneficiario|ontvanger|begunstigde""",
    Field.RECIPIENT_ID: """
        recipient id|recipient org identifier|recipient organisation id|grantee id
        |recipient identifier|recipient organisation identifier|beneficiary id
        |recipient organization id|recipient organization identifier""",
    Field.AMOUNT: """
        amount|amount awarded|grant amount|award amount|grant value|sum|amount granted
        |value awarded
        importe|cantidad|cuantia|importe concedido
        montant|somme|montant accorde
        betrag|summe|fordersumme|zuwendung
        valor|montante|quantia
        importo|contributo|ammontare
        bedrag|toegekend bedrag""",
    Field.CURRENCY: "currency|currency code|moneda|devise|monnaie|wahrung|moeda|valuta|munt",
    Field.AWARD_DATE: """
        award date|awarded on|date awarded|grant date|date of award|decision date
        fecha de concesion|fecha de adjudicacion|date d attribution|date d octroi
        |bewilligungsdatum|bewilligt am|data de concessao|data di assegnazione|toekenningsdatum
        |datum toekenning""",
    Field.TITLE: """
        title|grant title|project|project title|project name
        titulo|proyecto|titre|projet|titel|projekt|projekttitel|projeto|titolo|progetto""",
    Field.PROGRAMME: """
        programme|program|grant programme|grant programme title|fund|scheme|programa|programma
        |dispositif|programm|forderprogramm|bando|regeling""",
    Field.TERM_ID: "uri|concept uri|concepturi|code|term id|concept|notation|codigo|code uri|kode",
    Field.TERM_LABEL: """
        label|preferred label|preferredlabel|term|tag|title|label if known|skill name|name en
        |name fr|name es|pref label
        |label en|label fr|label es|termino|terme|begriff|termo|termine|title en""",
    Field.STAGE: """
        stage|venture stage|business stage|stage of business|stage of venture|startup stage
        |stage of development|development stage|company stage|growth stage|project stage
        |phase|maturity
        etapa|fase|etapa del proyecto|fase del proyecto|etapa del negocio
        stade|etape|phase du projet|stade de developpement|stade du projet
        entwicklungsphase|projektphase|reifegrad|fase do projeto|estagio|stadio|fase del progetto
        ontwikkelingsfase|projectfase""",
    Field.TERM_SYNONYMS: """
        alt labels|altlabels|alternative labels|synonyms|alternative label|also called|synonym
        |alt label|hidden labels|labels and description merged
        |sinonimos|synonymes|synonyme|sinonimi|synoniemen""",
    Field.TERM_PARENT: """
        parent uri|broader|parent|category|parent code|parent term|broader uri|isco group
        |broader concept
        |parent id|related icnptso code""",
    Field.LEAVE_OUT: """
        months|beneficiary geocode|batch id|spending|fye|source system|rss|events url|file
        |folder|file size|photo|picture|avatar|timestamp|row|birthday|fax|notes private|created at
        |updated at|last modified|location continent|continent|regular expression
        |exclude regular expression|marca temporal|horodateur|zeitstempel|carimbo de data hora
        |informazioni cronologiche|tijdstempel|years|popmil|key created year|sdgs evidencetext
        |sdgs evidenceurl""",
}
