import assert from 'node:assert/strict';
import { readCatalogue } from '../../src/runner/catalogue';

describe('readCatalogue', () => {
  it('reads packages with their versions, and calls them as people do', () => {
    const text = [
      'catalogue\t1\t2024-05-01\tsomewhere',
      'package\tinfra/python/wheels/absl-py-py2_py3',
      'version\tversion:0.7.1\t1\tall',
      'package\tinfra/python/wheels/psutil/${vpython_platform}',
      'version\tversion:5.9.8\t2\tlinux-amd64',
      'version\tversion:5.8.0.chromium.3\t1\t-',
      'version\tlatest\t1\t-',
      'package\telsewhere/tool',
      'distribution\tabsl-py\t0.7.1',
    ].join('\n');
    assert.deepEqual(readCatalogue(text), [
      { distribution: 'absl-py', packageName: 'infra/python/wheels/absl-py-py2_py3', versions: ['0.7.1'] },
      { distribution: 'psutil', packageName: 'infra/python/wheels/psutil/${vpython_platform}', versions: ['5.9.8', '5.8.0.chromium.3'] },
      { distribution: 'elsewhere/tool', packageName: 'elsewhere/tool', versions: [] },
    ]);
  });
});
