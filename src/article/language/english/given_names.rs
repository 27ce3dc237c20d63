//! Common given names that nearly always tell the gender.

/// Given names of men in lower case, separated by spaces.
pub(super) const MEN: &str = "aaron adam al alan albert alec alejandro alexander alfonso alfred andrew andy anthony antonio \
    armie arnold arthur austin barack barry ben benedict benjamin benny bernie bernard bill billy bob bobby brad \
    bradley brandon brendan brent brett brian bruce bruno bryan burt calvin carl carlos chadwick channing charles \
    charlie chester chris christian christopher chuck clint clive colin conan corey craig cristiano curtis dan daniel \
    danny dave david dean denis dennis denzel derek dick diego dominic don donald dustin dwayne eddie edgar eduardo \
    edward elijah elliott elton elvis eminem eric ernest ethan evan ezra fernando francis frank franklin fred frederick \
    gabriel garth gary gavin gene george gerald gerard glenn gordon graham greg gregory guillermo guy hank harold harry \
    harvey hector henry herbert howard hugh hugo ian idris ike isaac ivan jack jackie jacob jake james jared jason \
    javier jay jeff jeffrey jeremy jerry jesse jim jimmy joaquin joe joel john johnny jon jonah jonathan jordan jorge \
    jose joseph josh joshua juan jude julian justin kanye keanu keith ken kenneth kenny kevin kirk kit kurt kyle lance \
    larry lars lawrence leo leonard leonardo leslie lewis liam lionel lou louis lucas luis luke malcolm marc marcus \
    mario mark marlon martin marvin matt matthew max mel michael mick miguel mike miles mitch morgan nathan neil nicholas \
    nick nicolas nigel noah norman oliver orlando oscar otis owen pablo patrick paul pedro pete peter phil philip \
    phillip pierce prince quentin ralph ramon randy raul ray raymond rhys ricardo richard rick ricky ridley rob robert \
    roberto robin rod rodney roger roland roman ron ronald ross roy rupert russell ryan salman sam samuel scott sean \
    sebastian seth shawn sidney simon spencer spike stan stanley stephen steve steven stuart sylvester taika ted \
    terrence terry theo theodore thomas tim timothy toby todd tom tommy tony travis trevor tyler vernon victor vin \
    vince vincent wade walter warren wayne wes wesley will william willie woody zac zach zachary zack";

/// Given names of women in lower case, separated by spaces.
pub(super) const WOMEN: &str = "abigail adele adriana agnes alanis alexandra alexis alice alicia alison allison alyssa amanda amber \
    amelia amy ana andrea angela angelina angie anita ann anna anne annette annie anya ariana ashley audrey ava barbara \
    barbra beatrice becky bella bernadette beth betty beverly beyonce beyoncé billie blake bonnie brenda bridget brie \
    britney brooke camila candace cara cardi carla carly carmen carol caroline carrie cate catherine celeste celine \
    charlotte chelsea cher cheryl chloe christina christine cindy claire claudia courtney cynthia daisy dakota daphne \
    dawn deborah debbie debra demi diana diane dolly donna dora doris dorothy drew dua edith elaine eleanor elena elisabeth elizabeth \
    ella ellen emilia emily emma erica erin eva eve evelyn faith felicity fiona florence frances gabrielle gail gal \
    gemma gina glenda gloria grace greta gwen gwyneth hailee halle hannah hayley hazel heather heidi helen helena hilary \
    hillary holly hope ida ingrid irene iris isabel isabella jada jane janelle janet janice jasmine jean jenna jennifer \
    jenny jessica jill joan joanna jodie josephine joy joyce judi judith judy julia julianne julie june kamala karen \
    kate katharine katherine kathleen kathryn kathy katie katy kayla keira kelly kendall kendra kerry kesha khloe kim \
    kirsten kristen kristin kylie lana lara laura lauren laverne leah lena lilly lily linda lindsay lisa liza lizzo \
    lois lola loretta lori lorraine louise lucy lupita lynn maddie madeline madison madonna maggie mandy marcia margaret margot maria \
    mariah marie marilyn marina marion marisa marjorie martha mary maya meagan megan meghan melanie melinda melissa \
    meryl mia michelle mila mildred miley millie miranda molly monica nadia nancy naomi natalie natasha nia nicole \
    nicki nina nora norah octavia olga olivia oprah pamela patricia patti paula pauline peggy penelope phoebe pink \
    priscilla priyanka queen rachel rebecca reba reese regina renee rihanna rita roberta rosa rosalind rosamund rose \
    rosie ruth sabrina sadie sally salma samantha sandra sara sarah saoirse savannah scarlett selena selma serena \
    shakira shania shannon sharon sheila shelley sherry shirley shonda sienna sigourney simone sofia sondra sonia sophia \
    sophie stella stephanie sue susan suzanne sydney sylvia tamara tammy tanya taraji taylor teresa tessa thandiwe \
    theresa tiffany tilda tina toni tracey tracy uma valerie vanessa vera veronica victoria viola violet virginia \
    vivian wendy whitney whoopi winona yolanda yvonne zendaya zoe zooey";
