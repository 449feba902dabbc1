/**
 * Invented rumours of all sorts and headlines on them, for statements that no frame and no list of names knows: some say
 * that it is so, some that it is not, some only speak of it (somebody claims it, it may be, is it true?). Judged all together; among the
 * statements stand near misses of each other. Written by us; no line is a real headline.
 */
import type { Expected } from './tracked.ts';

export const PLAIN: readonly {
  readonly statement: string;
  readonly headlines: readonly (readonly [Expected, string])[];
}[] = [
  {
    statement: 'Brightwater Airlines will stop flying to Oslo',
    headlines: [
      ['supports', 'Brightwater drops Oslo from its network'],
      ['supports', 'Brightwater Airlines ends Oslo flights after nine years'],
      ['discusses', 'Brightwater may pull out of Oslo, union says'],
      ['discusses', 'Is Brightwater about to abandon Oslo?'],
      ['refutes', 'Brightwater denies plan to end Oslo flights'],
      ['refutes', 'No, Brightwater is not leaving Oslo'],
    ],
  },
  {
    statement: 'Brightwater Airlines will start flying to Lisbon',
    headlines: [
      ['supports', 'Brightwater Airlines announces daily flights to Lisbon'],
      ['discusses', 'Brightwater reportedly eyes Lisbon route'],
      ['refutes', 'Brightwater rules out flying to Lisbon'],
    ],
  },
  {
    statement: 'A goat was elected mayor of a village in Wales',
    headlines: [
      ['supports', 'Welsh villagers elect goat as their mayor'],
      ['supports', 'Meet the goat who is now mayor of a village in Wales'],
      ['discusses', 'Did a Welsh village really elect a goat as mayor?'],
      ['refutes', 'Goat mayor of Wales is a hoax, council confirms'],
      ['refutes', 'That story about the Welsh goat mayor is fake'],
    ],
  },
  {
    statement: 'A goat stopped a burglary at a farm in Wales',
    headlines: [
      ['supports', 'Brave goat foils burglars at Welsh farm'],
      ['supports', 'Burglars flee Welsh farm after goat attacks them'],
      ['discusses', 'Farmer claims goat scared off burglars'],
    ],
  },
  {
    statement: 'Actor Tobias Renner has died',
    headlines: [
      ['supports', 'Tobias Renner, star of the Harbour films, dies at 61'],
      ['supports', 'Actor Tobias Renner found dead in his home'],
      ['discusses', 'Tobias Renner feared dead after boat accident'],
      ['refutes', 'Tobias Renner is alive and well, his agent says'],
      ['refutes', 'Tobias Renner death hoax spreads on social media'],
      ['refutes', 'Tobias Renner is not dead: actor is the latest victim of a death hoax'],
    ],
  },
  {
    statement: 'Kestrel Foods is buying the chocolate maker Montague',
    headlines: [
      ['supports', 'Kestrel Foods to acquire chocolate maker Montague for 400 million'],
      ['supports', 'Kestrel Foods agrees to buy Montague'],
      ['discusses', 'Kestrel Foods in talks to buy Montague, sources say'],
      ['discusses', 'Kestrel said to weigh offer for chocolate maker Montague'],
      ['discusses', 'Report: Kestrel Foods could bid for Montague'],
      ['refutes', 'Kestrel Foods denies it is buying Montague'],
      ['refutes', 'Montague says there are no talks with Kestrel, calls report false'],
    ],
  },
  {
    statement: 'The Solano phone will cost 450 dollars',
    headlines: [
      ['supports', 'Solano phone goes on sale for 450 dollars'],
      ['discusses', 'Solano phone rumored to cost 450 dollars'],
      ['discusses', 'Leak suggests 450 dollar price for the Solano phone'],
      ['discusses', 'Analyst: Solano phone could be priced at 450 dollars'],
    ],
  },
  {
    statement: 'The Solano phone will have a folding screen',
    headlines: [
      ['supports', 'Solano unveils phone with folding screen'],
      ['discusses', 'Solano phone may get a folding screen, report claims'],
      ['refutes', 'Solano phone will not have a folding screen after all'],
    ],
  },
  {
    statement: 'Police arrested a man who dressed as a ghost in a Bristol cemetery',
    headlines: [
      ['supports', 'Man in ghost costume arrested in Bristol cemetery'],
      ['supports', 'Police arrest ghost of Bristol cemetery'],
      ['discusses', 'Bristol police investigate reports of man dressed as a ghost in cemetery'],
      ['refutes', 'Police: nobody was arrested over cemetery ghost in Bristol'],
    ],
  },
  {
    statement: 'Rebels have captured the airport of Tamoura',
    headlines: [
      ['supports', 'Rebels seize Tamoura airport'],
      ['supports', 'Tamoura airport falls to rebels after night of fighting'],
      ['discusses', 'Rebels claim capture of Tamoura airport'],
      ['discusses', 'Rebels say they have taken the airport of Tamoura'],
      ['refutes', 'Army denies that rebels hold Tamoura airport'],
      ['refutes', 'Tamoura airport still in army hands, government says'],
    ],
  },
  {
    statement: 'Rebels shot down a helicopter near Tamoura',
    headlines: [
      ['supports', 'Army helicopter shot down by rebels near Tamoura'],
      ['discusses', 'Rebels claim to have downed helicopter near Tamoura'],
      ['refutes', 'Helicopter near Tamoura was not shot down, army says'],
    ],
  },
  {
    statement: 'A teenager from Leeds won 3 million pounds with a lottery ticket he found',
    headlines: [
      ['supports', 'Leeds teenager wins 3 million with lottery ticket found on the street'],
      ['supports', 'Teen finds lottery ticket, wins 3 million pounds'],
      ['discusses', 'Teenager claims he found winning lottery ticket worth 3 million'],
      ['refutes', 'Leeds teenager admits that he made up lottery win'],
    ],
  },
];
