### Regions.

regions-title = Өңірлер
regions-none = Әзірге өңір жоқ.
region-districts = Аудандар мен қалалар
region-no-schools = Мұнда әзірге мектеп жоқ.
