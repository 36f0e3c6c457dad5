import { expect } from 'chai'
import {
  hiddenCount,
  nextBatch,
  NOTHING_SELECTED,
  pageState,
  pageToggled,
  type RenewalSelection,
  SELECTION_MAX,
  toggled,
  withAlso,
  without,
} from '../../../widget/state/renewal-selection.ts'

const first = ['a', 'b', 'c', 'd']
const second = ['e', 'f', 'g']

function press(
  selection: RenewalSelection,
  id: string,
  more: { page?: readonly string[]; isRange?: boolean; isSelected?: boolean } = {},
): RenewalSelection {
  return toggled(selection, { id, page: first, isRange: false, isSelected: true, ...more })
}

const idsOf = ({ ids }: RenewalSelection) => [...ids]
const many = (count: number) => Array.from({ length: count }, (_, n) => `lic_${n}`)

describe('the selection of the renewal desk', () => {
  it('line 29: survives paging', () => {
    const chosen = press(NOTHING_SELECTED, 'b')
    const both = press(chosen, 'f', { page: second })
    expect(idsOf(both)).to.deep.equal(['b', 'f'])
  })

  it('line 29: with Shift takes every row from the last one to this one, in both directions', () => {
    const down = press(press(NOTHING_SELECTED, 'b'), 'd', { isRange: true })
    expect(idsOf(down)).to.deep.equal(['b', 'c', 'd'])
    const up = press(press(NOTHING_SELECTED, 'c'), 'a', { isRange: true })
    expect(idsOf(up).toSorted()).to.deep.equal(['a', 'b', 'c'])
  })

  it('line 29: with Shift takes a range out as well', () => {
    const all = pageToggled(NOTHING_SELECTED, first)
    const anchored = press(all, 'b', { isSelected: false })
    const out = press(anchored, 'd', { isSelected: false, isRange: true })
    expect(idsOf(out)).to.deep.equal(['a'])
  })

  it('a range never begins on another page', () => {
    const elsewhere = press(NOTHING_SELECTED, 'a')
    const chosen = press(elsewhere, 'g', { page: second, isRange: true })
    expect(idsOf(chosen)).to.deep.equal(['a', 'g'])
  })

  it('line 29: the box over the column has three states', () => {
    const one = press(NOTHING_SELECTED, 'a')
    expect(pageState(NOTHING_SELECTED, first)).to.equal('none')
    expect(pageState(one, first)).to.equal('some')
    const all = pageToggled(one, first)
    expect(pageState(all, first)).to.equal('all')
    expect(pageState(all, second)).to.equal('none')
    expect(idsOf(pageToggled(all, first))).to.deep.equal([])
  })

  it('an empty page is not “all selected”', () => {
    expect(pageState(press(NOTHING_SELECTED, 'a'), [])).to.equal('none')
  })

  it('the box leaves what is chosen on other pages', () => {
    const both = pageToggled(pageToggled(NOTHING_SELECTED, first), second)
    expect(idsOf(pageToggled(both, second))).to.deep.equal(first)
  })

  it('line 29: counts what the filters hide, once it is known what they show', () => {
    const chosen = withAlso(NOTHING_SELECTED, [...first, ...second])
    expect(hiddenCount(chosen, null)).to.equal(0)
    expect(hiddenCount(chosen, new Set(['a', 'e', 'x']))).to.equal(5)
  })

  it('S48: one order takes a hundred, in the order of the choice; the rest waits', () => {
    const { batch, later } = nextBatch(withAlso(NOTHING_SELECTED, many(148)))
    expect(batch).to.have.length(100)
    expect(batch[0]).to.equal('lic_0')
    expect(batch[99]).to.equal('lic_99')
    expect(later).to.equal(48)
    expect(nextBatch(withAlso(NOTHING_SELECTED, many(100))).later).to.equal(0)
  })

  it('takes out what was renewed, and goes on with the rest', () => {
    const all = withAlso(NOTHING_SELECTED, many(148))
    const left = without(all, nextBatch(all).batch)
    expect(nextBatch(left).batch).to.have.length(48)
  })

  it('never holds more than the server names at once', () => {
    expect(withAlso(NOTHING_SELECTED, many(5000)).ids.size).to.equal(SELECTION_MAX)
  })

  it('changes nothing in the selection that it was given', () => {
    const one = press(NOTHING_SELECTED, 'a')
    press(one, 'b')
    expect(idsOf(one)).to.deep.equal(['a'])
    expect(idsOf(NOTHING_SELECTED)).to.deep.equal([])
  })
})
