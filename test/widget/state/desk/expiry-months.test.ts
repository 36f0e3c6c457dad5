import { expect } from 'chai'
import {
  endOfMonth,
  type ExpiryDay,
  expiryMonths,
} from '../../../../widget/state/desk/expiry-months.ts'

const TODAY = '2026-11-21'
const LAST = '2027-11-21'

const on = (date: string, count = 1, quantity = count): ExpiryDay => ({ date, count, quantity })
const month = (days: readonly ExpiryDay[], date: string) => {
  const found = expiryMonths(days, TODAY, LAST).find((one) => one.date === date)
  if (found === undefined) throw new Error(`there is no ${date}`)
  return found
}

describe('the picture of the next twelve months', () => {
  it('line 24: has every month from today’s to the same one a year later, empty ones too', () => {
    const months = expiryMonths([], TODAY, LAST).map(({ date }) => date)
    expect(months).to.have.length(13)
    expect(months[0]).to.equal('2026-11-01')
    expect(months[2]).to.equal('2027-01-01')
    expect(months.at(-1)).to.equal('2027-11-01')
  })

  it('marks today in its month only', () => {
    const todays = expiryMonths([], TODAY, LAST).map(({ today }) => today)
    expect(todays[0]).to.equal(21)
    expect(todays.slice(1).every((today) => today === null)).to.equal(true)
  })

  it('has one mark for each day, where it belongs', () => {
    const { marks, count } = month([on('2027-01-31', 3, 30), on('2027-01-01', 2)], '2027-01-01')
    expect(marks.map(({ date, until, day }) => [date, until, day])).to.deep.equal([
      ['2027-01-01', '2027-01-01', 1],
      ['2027-01-31', '2027-01-31', 31],
    ])
    expect(marks[1]).to.include({ count: 3, quantity: 30 })
    expect(count).to.equal(5)
  })

  it('puts marks that would touch above each other', () => {
    const { marks, lanes } = month(
      [on('2027-03-10'), on('2027-03-12'), on('2027-03-14'), on('2027-03-25')],
      '2027-03-01',
    )
    expect(marks.map(({ lane }) => lane)).to.deep.equal([0, 1, 2, 0])
    expect(lanes).to.equal(3)
  })

  it('draws the neighbouring days of a crowded month together, and loses nothing', () => {
    const days = Array.from({ length: 31 }, (_, n) =>
      on(`2027-05-${String(n + 1).padStart(2, '0')}`, n + 1),
    )
    const { marks, count } = month(days, '2027-05-01')
    expect(marks.map(({ date, until }) => `${date.slice(8)}–${until.slice(8)}`)).to.deep.equal([
      '01–05',
      '06–10',
      '11–15',
      '16–20',
      '21–25',
      '26–31',
    ])
    expect(marks.reduce((sum, mark) => sum + mark.count, 0)).to.equal(496)
    expect(count).to.equal(496)
  })

  it('sizes marks by the largest of all months', () => {
    const days = [on('2026-12-01', 100), on('2027-02-01', 25), on('2027-04-01', 1)]
    const sizes = expiryMonths(days, TODAY, LAST).flatMap(({ marks }) =>
      marks.map(({ size }) => size),
    )
    expect(sizes).to.deep.equal([5, 3, 1])
  })

  it('tells what ends within thirty days from the rest', () => {
    const days = [on('2026-12-21'), on('2026-12-22')]
    expect(month(days, '2026-12-01').marks.map(({ isSoon }) => isSoon)).to.deep.equal([true, false])
  })

  it('knows the last day of each month, leap years included', () => {
    expect(endOfMonth('2027-02-01')).to.equal('2027-02-28')
    expect(endOfMonth('2028-02-10')).to.equal('2028-02-29')
    expect(endOfMonth('2026-12-01')).to.equal('2026-12-31')
  })
})
