import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { decodeFeed } from '../../src/feeds/charset.ts';
import { only, rss } from './documents.ts';

const CHINESE = '深度求索模型将在昇腾芯片上运行';

function declared(charset: string, title: string, declaration = charset): Buffer {
  return iconv.encode(
    rss(`<item><title>${title}</title></item>`).replace('version="1.0"', `version="1.0" encoding="${declaration}"`),
    charset,
  );
}

describe('a feed is read in the charset it is really in', () => {
  it.each([
    ['gb2312', CHINESE],
    ['gbk', `${CHINESE}镕`],
    ['gb18030', `${CHINESE}㐀`],
    ['big5', '深度求索模型將運行'],
    ['shift_jis', '半導体の輸出規制'],
    ['euc-jp', '半導体の輸出規制'],
    ['euc-kr', '반도체 수출 통제'],
    ['koi8-r', 'Экспортный контроль'],
    ['windows-1251', 'Экспортный контроль'],
    ['windows-1252', 'L’export – coût €5'],
    ['windows-1250', 'Żółć'],
    ['iso-8859-2', 'Żółć'],
    ['cp437', 'Ünïcode'],
    ['utf-8', CHINESE],
  ])('%s, as declared in the document and as said by the server', (charset, title) => {
    expect(only(declared(charset, title)).title).toBe(title);
    expect(
      only(iconv.encode(rss(`<item><title>${title}</title></item>`), charset), `text/xml; charset="${charset}"`).title,
    ).toBe(title);
  });

  it.each([
    ['declared gbk, is utf-8', declared('utf-8', CHINESE, 'gbk'), null, CHINESE],
    ['declared utf-8, is gbk', declared('gbk', CHINESE, 'utf-8'), null, CHINESE],
    ['served as latin1, is utf-8', declared('utf-8', CHINESE), 'text/xml; charset=ISO-8859-1', CHINESE],
    ['served as utf-8, declared and is big5', declared('big5', '將運行'), 'text/xml; charset=utf-8', '將運行'],
    [
      'declared latin1 by another of its names, is windows-1252',
      declared('windows-1252', 'It’s', 'iso8859-1'),
      null,
      'It’s',
    ],
    ['declared utf-8, is windows-1252', declared('windows-1252', 'Coût élevé', 'utf-8'), null, 'Coût élevé'],
    ['a name nobody knows', declared('utf-8', CHINESE, 'x-nobody'), null, CHINESE],
    [
      'nothing declared, is gb18030',
      iconv.encode(rss(`<item><title>${CHINESE}</title></item>`), 'gb18030'),
      null,
      CHINESE,
    ],
  ])('%s', (_name, bytes, contentType, title) => {
    expect(only(bytes, contentType).title).toBe(title);
  });

  it.each([
    ['big5', '深度求索模型將在昇騰晶片上運行，美國出口管制'],
    ['euc-kr', '화웨이 반도체 수출 통제'],
    ['shift_jis', '半導体の輸出規制について'],
    ['euc-jp', '半導体の輸出規制について'],
    ['windows-1251', 'Экспортный контроль: новые микросхемы'],
    ['koi8-r', 'Экспортный контроль: новые микросхемы'],
    ['windows-1253', 'Έλεγχος εξαγωγών: νέα μικροτσίπ'],
    ['windows-1255', 'פיקוח על ייצוא שבבים של וואווי לסין היום'],
    ['windows-1252', 'Größe für Müller, schöne Töne würden später gehört'],
    ['windows-1252', 'Déjà vu à l’été'],
  ])('%s when nothing says so', (charset, title) => {
    expect(only(iconv.encode(rss(`<item><title>${title}</title></item>`), charset)).title).toBe(title);
  });

  it.each(['utf16le', 'utf16be', 'utf32le', 'utf32be'])('%s with a mark and without', (charset) => {
    const text = rss(`<item><title>${CHINESE}</title></item>`);
    expect(only(iconv.encode(text, charset, { addBOM: true })).title).toBe(CHINESE);
    expect(only(iconv.encode(text, charset, { addBOM: false })).title).toBe(CHINESE);
  });

  it('one bad byte in UTF-8 stays one bad character, and is said', () => {
    const bytes = Buffer.from(rss(`<item><title>${CHINESE}?</title></item>`));
    bytes[bytes.indexOf(0x3f, bytes.indexOf('<item>'))] = 0xff;
    expect(only(bytes).title).toBe(`${CHINESE}\ufffd`);
    expect(decodeFeed(bytes, null)).toMatchObject({ charset: 'utf-8', damaged: true });
  });
});
