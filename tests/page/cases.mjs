// What the page must do. Each case has a fresh window; helpers come first.
import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'

const need = createRequire(join(import.meta.dirname, '../../web/package.json'))

const json = async (base, path) => {
  const answer = await fetch(base + path)
  assert.equal(answer.status, 200, `${path}: ${answer.status}`)
  return answer.json()
}
/** Opens an address and waits until nothing is waited for any more. */
async function open(page, at) {
  await page.goto(at)
  await settled(page)
}
async function settled(page) {
  await page.waitForFunction(() => document.querySelector('main h1, main .note') && !document.querySelector('.waiting, .busy'))
}
const query = page => Object.fromEntries(new URL(page.url()).searchParams)
const headline = page => page.locator('main h1').innerText()
const count = async page => Number((await headline(page)).replace(/[^\d]/g, ' ').trim().split(' ')[0])

const VIEWS = ['/', '/network', '/network?pair=KEN,UGA', '/map', '/voices', '/voices?tab=claims', '/voices?tab=commitments', '/events', '/actor/KEN', '/try', '/correct', '/nothing-here', '/events?text=zzzzzz']

async function storyWith(base, words) {
  const { events } = await json(base, '/api/events?limit=500')
  const event = events.find(e => e.text.includes(words))
  assert.ok(event, 'no event in a sentence with: ' + words)
  return event
}

async function withoutFaults({ page, base, axe }, views) {
  const faults = []
  for (const at of views) {
    await open(page, base + at)
    faults.push(...await audit(page, axe, at))
  }
  assert.deepEqual(faults, [])
}
async function inWindow(part) {
  const [box, width] = [await part.boundingBox(), part.page().viewportSize().width]
  assert.ok(box.x >= 0 && box.x + box.width <= width, `from ${box.x} to ${box.x + box.width} of ${width} pixels`)
}
async function audit(page, axe, at) {
  await page.evaluate(readFileSync(axe, 'utf8'))
  const { violations } = await page.evaluate(() => window.axe.run())
  return violations.filter(v => ['serious', 'critical'].includes(v.impact))
    .flatMap(v => v.nodes.slice(0, 2).map(n => `${at}: ${v.id}: ${n.html.slice(0, 120)} ${n.failureSummary.split('\n')[1] || ''}`))
}
async function saved(page, click) {
  const [download] = await Promise.all([page.waitForEvent('download'), click()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}
const save = async (page, group, label) => {
  await page.locator('.exporter > summary').click()
  return saved(page, () => page.locator('.menu ul').nth(group).locator('b', { hasText: new RegExp(`^${label}$`) }).click())
}

export const cases = {
  'first view says what it counts': {
    async run({ page, base }) {
      await open(page, base + '/')
      const { counts } = await json(base, '/api/overview?' + new URL(page.url()).searchParams)
      assert.equal(await count(page), counts.reports)
      assert.match(await page.locator('.standfirst').innerText(), /From \d+ \w+ 2024 to .* stories tell of/)
      assert.match(await page.locator('.left-out').innerText(), /Left out:/)
      const q = query(page)
      assert.ok(q.since && q.until && q.per, 'the address holds period and unit: ' + page.url())
      await page.locator('.events .event').first().waitFor()
      await page.locator('.numbers summary').first().click()
      await page.locator('.numbers table tbody tr').nth(1).waitFor()
    },
  },
  'one day is told in the singular': {
    async run({ page, base }) {
      await open(page, base + '/?since=2024-03-20&until=2024-03-20')
      assert.match(await page.locator('.standfirst').innerText(), /^On 20 March 2024, 1 story tells of \d+ events as reported/)
      assert.match(await page.locator('.readout').innerText(), /1 story read/)
      assert.match(await page.locator('.left-out').innerText(), /\d+ events of days before or after/)
      await open(page, base + '/?type=SANCTION')   // one a day at most
      const steps = await page.locator('.timeline .grid text').allTextContents()
      assert.equal(new Set(steps).size, steps.length, 'steps of the axis: ' + steps)
    },
  },
  'brush chooses a period, and back undoes it': {
    async run({ page, base }) {
      await open(page, base + '/')
      const before = [page.url(), await count(page)]
      const box = await page.locator('.timeline .chart').boundingBox()
      await page.mouse.move(box.x + box.width * 0.4, box.y + 100)
      await page.mouse.down()
      await page.mouse.move(box.x + box.width * 0.6, box.y + 110, { steps: 6 })
      await page.mouse.up()
      await page.waitForFunction(was => location.href !== was, before[0])
      await settled(page)
      assert.ok(await count(page) < before[1])
      assert.ok(query(page).since > new URL(before[0]).searchParams.get('since'))
      await page.goBack()
      await page.waitForFunction(n => document.querySelector('main h1').innerText.startsWith(n), String(before[1]))
      assert.equal(page.url(), before[0])
      await page.goForward()
      await settled(page)
      await page.getByRole('link', { name: 'Whole period' }).click()
      await page.waitForFunction(n => document.querySelector('main h1').innerText.startsWith(n), String(before[1]))
    },
  },
  'timeline shows events per 1,000 stories': {
    async run({ page, base }) {
      await open(page, base + '/')
      const before = await page.locator('.timeline .readout').innerText()
      await page.getByRole('switch').check()
      assert.equal(query(page).rate, 'yes')
      assert.notEqual(await page.locator('.timeline .readout').innerText(), before)
      await page.reload()
      await settled(page)
      assert.ok(await page.getByRole('switch').isChecked())
    },
  },
  'each filter of the address holds': {
    async run({ page, base }) {
      const whole = (await json(base, '/api/events?limit=1')).total
      const { events } = await json(base, '/api/events?limit=500')
      const values = { actor: 'UGA', recipient: 'KEN', country: 'TZA', dyad: 'UGA,KEN', type: 'ASSAULT', mode: 'strike', quad: '1', status: 'conditional', polarity: 'negated',
        speaker: 'KEN', place: events.find(e => e.locations.length).locations[0].name, basis: 'clause', source: 'Lake Post', text: 'observers', 'min-confidence': '0.8', historical: 'no',
        story: events[0].story_id, event: events[0].event_id, plain: 'yes', since: '2024-03-20', until: '2024-03-05' }
      for (const [name, value] of Object.entries(values)) {
        const { total } = await json(base, `/api/events?limit=1&${new URLSearchParams({ [name]: value })}`)
        await open(page, `${base}/events?${new URLSearchParams({ [name]: value })}`)
        assert.equal(await count(page), total, name)
        assert.ok(total > 0, `${name} ${value} finds nothing`)
        if (name !== 'historical') assert.ok(total < whole, `${name} ${value} leaves nothing out`)
        if (!['since', 'until', 'plain'].includes(name)) assert.equal(await page.locator('.chip').count(), 1, name)
      }
    },
  },
  'filters are added, completed and removed by hand': {
    async run({ page, base }) {
      await open(page, base + '/')
      await page.getByRole('button', { name: '+ Filter' }).click()
      await page.getByRole('combobox', { name: 'Either side' }).pressSequentially('TZ')
      await page.locator('.adder [role=option]', { hasText: /^TZA/ }).first().waitFor()
      await page.keyboard.press('ArrowDown')
      await page.keyboard.press('Enter')
      await page.waitForFunction(() => location.search.includes('country=TZA'))
      await page.locator('.adder select').selectOption('type')
      await page.locator('.adder').getByLabel('AGREE').check()
      await page.waitForFunction(() => location.search.includes('type=AGREE'))
      await page.getByRole('button', { name: 'Done' }).click()
      await settled(page)
      assert.equal(await page.locator('.chip').count(), 2)
      const n = await count(page)
      assert.ok(n > 0)
      for (const section of ['Network', 'Map', 'Events']) {
        await page.getByRole('navigation').getByRole('link', { name: section, exact: true }).click()
        await settled(page)
        assert.equal(query(page).country, 'TZA', section)
      }
      assert.equal(await count(page), n)
      await page.getByRole('link', { name: 'Remove the filter Type' }).click()
      await settled(page)
      assert.equal(query(page).type, undefined)
      assert.ok(await count(page) > n)
    },
  },
  'network opens a pair with its series and events': {
    async run({ page, base }) {
      await open(page, base + '/network')
      const net = await json(base, '/api/network?limit=60')
      assert.equal(await page.locator('.network .node').count(), net.nodes.length)
      await page.locator('.pairs a').first().click()
      await page.locator('.pair .events .event').first().waitFor()
      assert.equal(query(page).pair.split(',').length, 2)
      assert.ok(await page.locator('.pair .series .smooth').count() === 1)
      assert.match(await page.locator('.pair figcaption').innerText(), /penalty/)
      await page.locator('.network .node circle').first().click()
      await page.getByRole('heading', { name: /Partners of/ }).waitFor()
    },
  },
  'map draws places, zooms, and filters by basis': {
    async run({ page, base }) {
      await open(page, base + '/map')
      await page.locator('.map .land').waitFor({ state: 'attached' })
      assert.ok(await page.locator('.map .place').count() > 0)
      const { without } = await json(base, '/api/places')
      assert.ok((await page.locator('.left-out').innerText()).includes(String(without.place)))
      for (let i = 0; i < 4; i++) await page.getByRole('button', { name: 'Zoom in' }).click()
      await page.waitForFunction(() => location.search.includes('at='))
      await page.getByRole('button', { name: 'its clause' }).click()
      await page.waitForFunction(() => location.search.includes('basis=clause'))
      await settled(page)
      await page.locator('.ranking a').first().click()
      await page.waitForFunction(() => location.search.includes('place='))
    },
  },
  'reader marks the very words of every event': {
    async run({ page, base }) {
      const event = await storyWith(base, '\u{1F54A}')   // beyond the basic plane: offsets are code points
      const { events } = await json(base, '/api/stories/' + event.story_key)
      await open(page, `${base}/story/${event.story_key}`)
      const marked = await page.locator('.text .mark').evaluateAll(all => all.map(a => {
        const copy = a.cloneNode(true)
        copy.querySelectorAll('small, svg').forEach(e => e.remove())
        return copy.textContent
      }))
      for (const e of events)
        assert.ok(marked.join('\n').includes(e.trigger.text) || e.trigger.text.includes(marked.find(m => m && e.trigger.text.includes(m))), `${e.trigger.text} is not marked: ${marked}`)
      const last = events.filter(e => e.trigger.begin > [...event.text].indexOf('\u{1F54A}')).at(-1)
      assert.ok(marked.includes(last.trigger.text), `${last.trigger.text}, after the sign, among ${marked}`)
      const denied = page.locator('.text .mark.denied').first()
      assert.match(await denied.evaluate(e => getComputedStyle(e).textDecorationLine), /line-through/)
      assert.ok(await denied.locator('.tag', { hasText: 'denied' }).count())
      await denied.click()
      await page.locator('.record h2').waitFor()
      assert.ok(query(page).event)
      assert.ok(await page.locator('.text .side.actor').count() > 0)
      assert.match(await page.locator('.record dl').innerText(), /said not to be so/)
      await page.getByText('Why it is coded so').click()
      await page.locator('.reasons li').first().waitFor()
      const url = page.url()
      await page.keyboard.press('j')
      await page.waitForFunction(was => location.href !== was, url)
    },
  },
  'reader tells conditional, demanded, announced and uncertain events apart': {
    async run({ page, base }) {
      const forms = new Map()
      for (const [kind, words] of [['conditional', 'would withdraw its troops if'], ['requested', 'demanded that Kenya and Uganda stop'], ['intended', 'promised to release'], ['possible', 'may have killed']]) {
        const event = await storyWith(base, words)
        await open(page, `${base}/story/${event.story_key}`)
        const mark = page.locator(`.text .mark.${kind}`, { has: page.locator('.tag') }).first()
        forms.set(kind, await mark.evaluate(e => { const s = getComputedStyle(e); return [s.borderBottomStyle, s.borderBottomColor, s.textDecorationStyle, s.boxShadow].join() }))
      }
      assert.equal(new Set(forms.values()).size, forms.size, [...forms].join('\n'))
    },
  },
  'reader leads from a denial to who says otherwise': {
    async run({ page, base }) {
      const { claims } = await json(base, '/api/claims')
      const [denied] = claims[0].denied
      await open(page, `${base}/story/${denied.story_key}?event=${denied.event_id}`)
      await page.getByRole('link', { name: 'Who says otherwise?' }).click()
      await page.locator('.claim .affirmed li').first().waitFor()
      assert.equal(await page.locator('.claim').count(), 1)
    },
  },
  'reader leads from what is denied to who says otherwise': {
    async run({ page, base }) {
      const { events } = await json(base, '/api/events?limit=500&polarity=negated')
      const denied = events.find(e => e.text.includes('denied that it had violated'))
      await open(page, `${base}/story/${denied.story_key}?event=${denied.event_id}`)
      await page.getByRole('link', { name: 'Who says otherwise?' }).click()
      await page.locator('.claim .affirmed li').first().waitFor()
    },
  },
  'who has neither name nor code is called by the words of the report': {
    async run({ page, base }) {
      await page.route('**/api/events?*', async route => {
        const told = await (await route.fetch()).json()
        told.events.forEach(e => { e.attribution = [{ speaker: { text: 'a fisherman', name: null, code: null }, cue: 'said', kind: 'say' }] })
        await route.fulfill({ json: told })
      })
      await open(page, base + '/events')
      assert.match(await page.locator('.event .meta').first().innerText(), /on the word of a fisherman/)
    },
  },
  'reader leads to copies in other outlets': {
    async run({ page, base }) {
      const event = await storyWith(base, 'Kenya thanked Uganda')
      await open(page, `${base}/story/${event.story_key}?event=${event.event_id}`)
      await page.getByText('Also printed by').getByRole('link').first().click()
      await page.waitForFunction(key => !location.pathname.endsWith('/' + key), event.story_key)
      await settled(page)
      assert.match(await headline(page), /Journalists freed/)
    },
  },
  'who says what: quotes, claims with denials, commitments kept': {
    async run({ page, base }) {
      await open(page, base + '/voices')
      assert.ok(await page.locator('.quote').count() > 3)
      await page.locator('.ranking a').first().click()
      await page.waitForFunction(() => location.search.includes('speaker='))
      await settled(page)
      assert.ok(await page.locator('.quote').count() > 0)
      await page.getByRole('link', { name: 'Remove the filter Speaker' }).click()
      await page.getByRole('link', { name: 'Claims and denials' }).click()
      await page.locator('.claim').first().waitFor()
      assert.match(await page.locator('.claim .affirmed').first().innerText(), /accused Kenya of shelling/)
      assert.match(await page.locator('.claim .denied').first().innerText(), /denied/)
      assert.match(await page.locator('.claim .denied .meta').first().innerText(), /government of Kenya/)
      await page.getByRole('link', { name: 'Commitments' }).click()
      await page.locator('.commitment').first().waitFor()
      await page.getByRole('button', { name: /kept/ }).click()
      await page.locator('.commitment.fulfilled').first().waitFor()
      assert.match(await page.locator('.commitments').innerText(), /release/)
      await page.locator('.commitment a', { hasText: /./ }).first().click()
      await page.locator('.record').waitFor()
    },
  },
  'actor page says who it is and what it does': {
    async run({ page, base }) {
      await open(page, base + '/actor/KEN')
      assert.match(await headline(page), /Kenya/)
      assert.ok(await page.locator('.ranking li').count() > 2)
      assert.ok(await page.locator('.series').count())
      assert.ok(await page.locator('.event').count() > 0)
      await page.locator('.ranking a').first().click()
      await page.locator('.pair h2').waitFor()
      await open(page, base + '/actor/USA')
      assert.match(await page.locator('.standfirst').innerText(), /with the United States on either side/)
      await open(page, base + '/actor/Yoweri%20Museveni')
      assert.match(await page.locator('.facts').innerText(), /Coded as\s+Uganda, government in events from/)
    },
  },
  'try it codes a pasted report with reasons': {
    async run({ page, base }) {
      await open(page, base + '/try')
      await page.getByLabel('Day of the report').fill('2024-05-06')
      await page.getByLabel('Report, in English').fill('France accused Italy of bombing a port in Tunisia. Italy denied the charge.')
      await page.getByRole('button', { name: 'Code it' }).click()
      await page.locator('.tried .mark').first().click()
      await page.locator('.record .reasons li').first().waitFor()
      assert.match(await page.locator('.tried').innerText(), /ACCUSE/)
    },
  },
  'correct it takes one key': {
    async run({ page, base }) {
      await open(page, base + '/correct')
      await page.locator('.card .big').waitFor()
      const { marked, right } = await json(base, '/api/marks')
      const first = await page.locator('.card .big').innerText()
      await page.keyboard.press('r')
      await page.waitForFunction(n => document.querySelector('.correct-view aside h2')?.innerText.startsWith(String(n)), marked + 1)
      assert.equal((await json(base, '/api/marks')).right, right + 1)
      await page.waitForFunction(() => document.querySelector('.card .big') && !document.querySelector('.waiting'))
      await page.keyboard.press('o')
      await page.locator('.otherwise select').first().selectOption('CONSULT')
      await page.locator('.otherwise').getByRole('button', { name: 'Save' }).click()
      await page.waitForFunction(n => document.querySelector('.correct-view aside h2')?.innerText.startsWith(String(n)), marked + 2)
      assert.notEqual(await page.locator('.card .big').innerText().catch(() => ''), first)
    },
  },
  'a mark that is refused stays in its form': {
    allow: [/400/],
    async run({ page, base }) {
      await open(page, base + '/correct')
      await page.locator('.card .big').waitFor()
      await page.keyboard.press('o')
      await page.getByLabel('Actors, by code').fill('XQZ')
      await page.locator('.otherwise').getByRole('button', { name: 'Save' }).click()
      await page.getByRole('heading', { name: 'This mark was not saved' }).waitFor()
      assert.equal(await page.getByRole('link', { name: /Remove the filter/ }).count(), 0)
      assert.equal(await page.getByLabel('Actors, by code').inputValue(), 'XQZ')
    },
  },
  'every view is saved as CSV, SVG, PNG and one HTML file': {
    async run({ page, context, base }) {
      for (const at of ['/', '/network', '/map']) {
        await open(page, base + at)
        await page.waitForTimeout(200)
        const csv = await save(page, 0, 'CSV')
        assert.match(csv.bytes.toString(), /\r\n/)
        const svg = (await save(page, 0, 'SVG')).bytes.toString()
        assert.match(svg, /^<svg[^>]*xmlns/)
        assert.ok(!/class=|var\(--/.test(svg), 'the drawing needs no style sheet')
        const png = await save(page, 0, 'PNG')
        assert.equal(png.bytes.subarray(1, 4).toString(), 'PNG')
        const whole = await save(page, 0, 'HTML')
        assert.ok(!/<script|https?:\/\/(?!127\.|www\.w3\.org)/.test(whole.bytes.toString()), 'one file, without script, that loads nothing')
        const file = `/tmp/dragoman-page-${process.pid}.html`
        writeFileSync(file, whole.bytes)
        const alone = await context.newPage()
        await alone.goto('file://' + file)
        assert.ok((await alone.locator('h1').innerText()).length > 3)
        assert.ok(await alone.locator('table tr').count() > 1)
        assert.ok(await alone.locator('svg').count() === 1)
        await alone.close()
      }
      await open(page, base + '/events?type=ASSAULT')
      const { total } = await json(base, '/api/events?type=ASSAULT&limit=1')
      const csv = await save(page, 1, 'CSV')
      assert.equal(csv.bytes.toString().trim().split('\r\n').length, total + 1)
      assert.equal((await save(page, 1, 'JSON Lines')).bytes.toString().trim().split('\n').length, total)
      assert.ok(JSON.parse((await save(page, 1, 'Metadata')).bytes.toString()).version || true)
    },
  },
  'a shared link shows the same view to somebody else': {
    async run({ page, context, base }) {
      await open(page, base + '/')
      await page.getByRole('button', { name: 'Material conflict' }).click()
      await page.waitForFunction(() => location.search.includes('quad=4'))
      await settled(page)
      const [url, title] = [page.url(), await headline(page)]
      const other = await (await context.browser().newContext()).newPage()
      await open(other, url)
      assert.equal(await headline(other), title)
      assert.equal(other.url(), url)
      await other.context().close()
    },
  },
  'keyboard alone: skip, choose a period, open the words': {
    async run({ page, base }) {
      await open(page, base + '/')
      await page.keyboard.press('Tab')
      assert.equal(await page.evaluate(() => document.activeElement.className), 'skip')
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1')
      for (let i = 0; i < 12 && await page.evaluate(() => document.activeElement.className) !== 'plot'; i++) await page.keyboard.press('Tab')
      await page.keyboard.press('Home')
      await page.keyboard.press('Shift+ArrowRight')
      await page.keyboard.press('Shift+ArrowRight')
      assert.match(await page.locator('.spoken').innerText(), /verbal cooperation/)
      const before = query(page).until
      await page.keyboard.press('Enter')
      await page.waitForFunction(was => !location.search.includes('until=' + was), before)
      await settled(page)
      for (let i = 0; i < 90 && await page.evaluate(() => document.activeElement.className) !== 'to-story'; i++) await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.locator('.record').waitFor()
      assert.match(page.url(), /\/story\/\d+\?.*event=/)
      await page.keyboard.press('k')
      await page.keyboard.press('Escape')
      await page.waitForFunction(() => !location.search.includes('event='))
    },
  },
  'no serious fault for assistive technology, light': { window: { colorScheme: 'light' }, allow: [/404/], async run(c) {
    await withoutFaults(c, VIEWS)
    const event = await storyWith(c.base, 'denied that it had shelled')
    await withoutFaults(c, [`/story/${event.story_key}`, `/story/${event.story_key}?event=${event.event_id}`])
    await open(c.page, c.base + '/')
    await c.page.getByRole('button', { name: '+ Filter' }).click()
    assert.deepEqual(await audit(c.page, c.axe, 'filter'), [])
    await c.page.keyboard.press('Escape')
    await c.page.locator('.exporter > summary').click()
    assert.deepEqual(await audit(c.page, c.axe, 'save'), [])
  } },
  'no serious fault for assistive technology, dark': { window: { colorScheme: 'dark' }, allow: [/404/], async run(c) {
    await withoutFaults(c, VIEWS)
    const event = await storyWith(c.base, 'denied that it had shelled')
    await withoutFaults(c, [`/story/${event.story_key}?event=${event.event_id}`])
  } },
  'nothing is cut off on a phone': { window: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true }, allow: [/404/], async run({ page, base }) {
    for (const at of VIEWS) {
      await open(page, base + at)
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.ok(over <= 0, `${at} is ${over} pixels too wide`)
    }
    await open(page, base + '/')
    for (const section of await page.getByRole('navigation').getByRole('link').all()) await inWindow(section)
    await page.locator('.exporter > summary').click()
    await inWindow(page.locator('.menu'))
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: '+ Filter' }).click()
    await inWindow(page.locator('.adder'))
  } },
  'the filters stay within the window, wherever their button stands': {
    async run({ page, base }) {
      await open(page, base + '/?polarity=negated&country=KEN')
      await page.getByRole('button', { name: '+ Filter' }).click()
      await page.getByLabel('Filter by').selectOption('type')
      await inWindow(page.locator('.adder'))
    },
  },
  'a phone shows the whole map, the chosen words, and that there are no events': {
    window: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true },
    async run({ page, base }) {
      await open(page, base + '/map')
      const wide = () => page.locator('.map .sea').evaluate(sea => sea.getBoundingClientRect().width)
      assert.ok(await wide() > 390)
      await page.getByRole('button', { name: 'Show the whole world' }).click()
      await page.waitForFunction(() => document.querySelector('.map .sea').getBoundingClientRect().width <= 390)
      const event = await storyWith(base, 'denied that it had violated')
      await open(page, `${base}/story/${event.story_key}?event=${event.event_id}`)
      const [mark, panel] = [await page.locator('.mark.chosen').first().boundingBox(), await page.locator('.panel').boundingBox()]
      assert.ok(mark.y + mark.height <= panel.y, 'the record lies over its words')
      await open(page, base + '/try')
      await page.getByLabel('Report, in English').fill('The sun shone on Tuesday.')
      await page.getByRole('button', { name: 'Code it' }).click()
      await page.getByRole('heading', { name: 'No events' }).waitFor()
    },
  },
  'theme switch outlasts a reload': {
    window: { colorScheme: 'light' },
    async run({ page, base }) {
      await open(page, base + '/')
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
      const light = await paper()
      await page.getByRole('button', { name: /theme/ }).click()
      const dark = await paper()
      assert.notEqual(dark, light)
      await page.reload()
      await settled(page)
      assert.equal(await paper(), dark)
    },
  },
  'empty and mistyped views say what to do next': {
    allow: [/404/],
    async run({ page, base }) {
      await open(page, base + '/story/999')
      await page.getByRole('heading', { name: 'There is nothing here' }).waitFor()
      await page.getByRole('main').getByRole('link', { name: 'Go to the overview' }).click()
      await page.locator('.timeline').waitFor()
      await open(page, base + '/?since=2024-12-01&until=2024-01-01')
      assert.match(await page.getByRole('main').innerText(), /ends before it begins/)
      await open(page, base + '/voices?tab=commitments&state=broken')
      await page.getByRole('link', { name: 'in any state' }).click()
      await page.locator('.commitment').first().waitFor()
      await open(page, base + '/events?text=zzzzzz')
      await page.getByRole('heading', { name: /No events here/ }).waitFor()
      await page.getByRole('link', { name: /without text/ }).click()
      await page.locator('.event').first().waitFor()
      await open(page, base + '/nothing-here')
      await page.getByRole('link', { name: 'Go to the overview' }).click()
      await page.locator('.timeline').waitFor()
    },
  },
  'an empty store says what to do, and codes what is pasted': {
    async run({ page, base }) {
      await page.route('**/api/about', async route => {
        const told = await (await route.fetch()).json()
        await route.fulfill({ json: { ...told, stories: 0, events: 0, since: null, until: null } })
      })
      await open(page, base + '/')
      await page.getByRole('heading', { name: 'This store is empty' }).waitFor()
      assert.doesNotMatch(await page.locator('.dateline').innerText(), /no date/)
      await page.getByRole('link', { name: 'paste a report' }).click()
      await page.getByLabel('Report, in English').waitFor()
    },
  },
  'a server that is gone is said to be gone': {
    allow: [/Failed to load|ERR_/],
    async run({ page, base }) {
      await open(page, base + '/')
      await page.route('**/api/**', route => route.abort())
      await page.getByRole('navigation').getByRole('link', { name: 'Map' }).click()
      await page.getByRole('heading', { name: 'The server does not answer' }).waitFor()
      await page.unroute('**/api/**')
      await page.getByRole('button', { name: 'Try again' }).click()
      await page.locator('.map').waitFor()
    },
  },
  'a wrong filter is named, and removed by one click': {
    allow: [/400/],
    async run({ page, base }) {
      await open(page, base + '/events?type=NONSENSE')
      await page.getByRole('link', { name: 'Remove the filter “type”' }).click()
      await page.locator('.event').first().waitFor()
    },
  },
  'the API describes itself as valid OpenAPI 3.1': {
    async run({ base }) {
      const { default: Parser } = await import(need.resolve('@apidevtools/swagger-parser'))
      const described = await json(base, '/api')
      assert.match(described.openapi, /^3\.1/)
      await Parser.validate(described)
    },
  },
  'new events are announced while the page is open': {
    async run({ page, base }) {
      await page.addInitScript(() => {
        window.EventSource = class extends EventTarget { constructor() { super(); setTimeout(() => this.dispatchEvent(new MessageEvent('events', { data: '{"n":12,"until":"2024-04-01"}' })), 300) } close() {} }
      })
      await open(page, base + '/')
      await page.getByRole('button', { name: /12 new events/ }).waitFor()
    },
  },
}
