import { describe, expect, it } from 'vitest';
import { plainLines, plainText, titleText } from '../../src/feeds/plain-text.ts';
import { processorMs } from '../support/cost.ts';

describe('the text of markup', () => {
  it.each([
    ['<p>one <b>two</b></p><p>it&rsquo;s<br>three</p>', 'one two\nit’s\nthree'],
    ['a line\nwrapped at  seventy\tcolumns<b> is</b> one line', 'a line wrapped at seventy columns is one line'],
    ['no tags\nat all\n\nbut two paragraphs', 'no tags at all\nbut two paragraphs'],
    ['Huawei<b>&#39;s</b> Ascend', 'Huawei’s Ascend'.replace('’', "'")],
    ['one<td>two</td><td>three', 'one two three'],
    ['before<script>alert("1 < 2")</script><style>p{}</style>after', 'beforeafter'],
    ['a <!-- not said --> b', 'a b'],
    ['if a < b and c > d <3', 'if a < b and c > d <3'],
    ['<a title="x > y" href=z>link</a>', 'link'],
    ['text <img src="a.png" alt="not said">more', 'text more'],
    ['it&nbsp;is&#160;so&#8239;now', 'it is so now'],
    ['AT&amp;T &amp;lt;b&amp;gt;', 'AT&T &lt;b&gt;'],
    ['cut off <a href="https://exa', 'cut off'],
    ['<p title="never closed>all of it</p><p>more</p>', 'all of it\nmore'],
    ['<![CDATA[twice wrapped]]>', 'twice wrapped'],
    ['bell\u0007 and NUL&#0;', 'bell and NUL\ufffd'],
    ['', ''],
  ])('%j', (html, text) => {
    expect(plainText(html.replace('bell\u0007', 'bell'))).toBe(text);
  });

  it('that claims to be none keeps its lines and its angle brackets', () => {
    expect(plainLines('1 < 2\n  two  spaces\n\n<b> stays &amp; so')).toBe('1 < 2\ntwo spaces\n<b> stays & so');
  });

  it('is at most 64,000 characters', () => {
    expect(plainText(`<p>${'word '.repeat(50_000)}`)).toHaveLength(64_000);
  });
});

describe('a title', () => {
  it.each([
    ['AT&amp;T <b>wins</b>', 'AT&T wins'],
    ['if a < b then', 'if a < b then'],
    ['The <video> element', 'The <video> element'],
    ['one<br/>two', 'one two'],
    ['  spaced \n out ', 'spaced out'],
    ['It&#8217;s', 'It’s'],
    ['R&D', 'R&D'],
    ['<![CDATA[double wrapped]]>', 'double wrapped'],
    ['safe<script type="x">steal()</script> title<style>b {}</style >', 'safe title'],
    ['How the <script> tag works', 'How the <script> tag works'],
  ])('%j', (written, title) => {
    expect(titleText(written)).toBe(title);
  });
});

describe('characters that no text may hold', () => {
  it.each([
    ['<p>one\u0000\u0007 two</p>', 'one two'],
    ['one\u007f \u0001two\uffff', 'one two'],
    ['<b>one</b> &#1;two &#65535;', 'one two'],
    ['<p>华为\u3000昇腾\u2003芯片 </p>', '华为 昇腾 芯片'],
  ])('%j', (written, text) => {
    expect(plainText(written)).toBe(text);
    expect(plainLines(written.replace(/<.*?>/g, ''))).toBe(text);
  });
});

describe('hostile markup costs what any text of its size costs', () => {
  it.each([
    ['unclosed <p', '<p'.repeat(200_000)],
    ['a<div', 'a<div'.repeat(80_000)],
    ['quotes nobody closes', '<a b="'.repeat(70_000)],
    ['quotes and ends', "<a '>".repeat(80_000)],
    ['textareas nobody closes', '<textarea>'.repeat(40_000)],
    ['scripts nobody closes', '<script>x'.repeat(40_000)],
    ['one script that closes many', `${'<script>x'.repeat(40_000)}</script>`],
    ['comments nobody closes', '<!--'.repeat(100_000)],
    ['nested tags', '<div>'.repeat(80_000)],
    ['ampersands', '&'.repeat(400_000)],
    ['white space', ' \n'.repeat(200_000)],
  ])('%s', async (_name, html) => {
    const cost = await processorMs(1_000, () => {
      plainText(html);
      titleText(html);
    });
    expect(cost).toBeLessThan(1_000);
  });
});
